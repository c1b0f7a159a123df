package app

import (
	"context"
	"errors"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// MovedComplaint says where a complaint stands. It holds an id only.
type MovedComplaint struct {
	ComplaintID string
	State       domain.ComplaintState
}

// Complain sends a word about a brigade, or about somebody in it, to the
// office. Whether the person was found is not told: nobody learns who is in a
// brigade by complaining. It returns domain.ErrNoTeam,
// domain.ErrComplaintsEnough, and what is wrong by input.
func (a *App) Complain(ctx context.Context, d domain.ComplaintDraft) (MovedComplaint, error) {
	return idempotency.Do(ctx, a.db, a.clock.Now(), "createComplaint", d, func(q postgres.Querier) (MovedComplaint, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return MovedComplaint{}, err
		}
		if _, err := a.teamFor(ctx, q, seeTeam, d.TeamID); err != nil {
			return MovedComplaint{}, err
		}
		if _, err := store.LockVolunteer(ctx, q, a.vault, p.VolunteerID); err != nil { // whoever counts, counts alone
			return MovedComplaint{}, err
		}
		now := a.clock.Now()
		sent, err := store.CountComplaintsBy(ctx, q, p.VolunteerID, now.Add(-24*time.Hour))
		if err != nil {
			return MovedComplaint{}, err
		}
		if sent >= domain.MaxComplaintsADay {
			return MovedComplaint{}, domain.ErrComplaintsEnough
		}
		c, err := domain.NewComplaint(id.Random(), p.VolunteerID, d, now) // whom it is about reads the id, and must not learn when it was sent
		if err != nil {
			return MovedComplaint{}, err
		}
		if c.PersonWord != "" {
			if c.VolunteerID, err = store.FindMeant(ctx, q, c.TeamID, c.PersonWord); err != nil {
				return MovedComplaint{}, err
			}
		}
		if err := store.InsertComplaint(ctx, q, c); err != nil {
			return MovedComplaint{}, err
		}
		return MovedComplaint{c.ID, c.State}, a.recordComplaint(ctx, q, c, p.VolunteerID, "complaint.submitted")
	})
}

// recordComplaint adds a line to the audit. Whose data it is stays unsaid:
// whom it is about must not find there who sent it.
func (a *App) recordComplaint(ctx context.Context, q postgres.Querier, c domain.Complaint, by, what string) error {
	return store.InsertRecord(ctx, q, domain.NewRecord(by, what, "complaint", c.ID, a.clock.Now()))
}

// MyComplaints returns what whoever asks has sent, and what was decided about
// them, without who sent that and in which words.
func (a *App) MyComplaints(ctx context.Context) ([]store.NamedComplaint, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return nil, err
	}
	var mine []store.NamedComplaint
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		mine, err = store.ListComplaintsOf(ctx, q, p.VolunteerID)
		return err
	})
	for i := range mine {
		if c := &mine[i]; c.Complaint.Complainer != p.VolunteerID {
			c.ComplainerName, c.Complaint.Complainer, c.Complaint.Happened, c.Complaint.PersonWord = "", "", "", ""
			c.Complaint.HappenedOn, c.Complaint.ReceivedAt = time.Time{}, time.Time{}
		}
	}
	return mine, err
}

// ListComplaints returns a page of the open complaints about brigades of a
// region and below it, and where the next page starts. Those that concern
// whoever asks are not among them. It returns domain.ErrNoRegion to whoever
// does not answer for it.
func (a *App) ListComplaints(ctx context.Context, region string, limit int, after string) (queue []store.NamedComplaint, next string, err error) {
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errNoPlace)
	}
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		r, err := a.regionFor(ctx, q, decideComplaints, region)
		if err != nil {
			return err
		}
		p, err := auth.From(ctx)
		if err != nil {
			return err
		}
		queue, err = store.ListOpenComplaints(ctx, q, r.Path, p.VolunteerID, store.Page{Limit: limit + 1, After: after})
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if len(queue) > limit {
		queue = queue[:limit]
		next = queue[limit-1].Complaint.ID
	}
	return a.withoutOwn(ctx, queue), next, nil
}

// withoutOwn leaves out what concerns whoever asks: an officer who is
// complained of must not read there who complains.
func (a *App) withoutOwn(ctx context.Context, queue []store.NamedComplaint) []store.NamedComplaint {
	p, err := auth.From(ctx)
	if err != nil {
		return nil
	}
	others := []store.NamedComplaint{}
	for _, c := range queue {
		if !c.Complaint.Concerns(p.VolunteerID, c.Leads) {
			others = append(others, c)
		}
	}
	return others
}

// MoveComplaint takes a complaint up or decides it, by an officer who answers
// for the brigade and is not concerned, and tells both sides of the outcome.
// To whom it is about it does not exist before that.
func (a *App) MoveComplaint(ctx context.Context, complaintID string, to domain.ComplaintState, reason string) (MovedComplaint, error) {
	type request struct{ ComplaintID, To, Reason string }
	return idempotency.Do(ctx, a.db, a.clock.Now(), "decideComplaint", request{complaintID, string(to), reason}, func(q postgres.Querier) (MovedComplaint, error) {
		p, err := auth.From(ctx)
		if err != nil {
			return MovedComplaint{}, err
		}
		c, leads, err := a.lockComplaintFor(ctx, q, complaintID)
		if err != nil {
			return MovedComplaint{}, err
		}
		done := MovedComplaint{c.ID, to}
		changed, err := c.Move(to, p.VolunteerID, leads, reason, a.clock.Now())
		if err != nil || !changed {
			return done, err
		}
		if err := store.UpdateComplaint(ctx, q, c); err != nil {
			return done, err
		}
		if err := a.recordComplaint(ctx, q, c, p.VolunteerID, "complaint."+string(to)); err != nil || to == domain.ComplaintLookedAt {
			return done, err
		}
		if to == domain.ComplaintUpheld && c.VolunteerID != "" {
			upheld := teamsv1.ComplaintUpheld{ComplaintID: c.ID, VolunteerID: c.VolunteerID, DecidedAt: c.DecidedAt, Version: c.Version}
			if err := outbox.Append(ctx, q, a.clock.Now(), upheld); err != nil {
				return done, err
			}
		}
		return done, a.noticeComplaint(ctx, q, c)
	})
}

// lockComplaintFor returns a complaint, held, and whether whoever asks leads
// its brigade, to an officer who answers for that. It returns
// domain.ErrNoComplaint to everybody else, and to whom it is about.
func (a *App) lockComplaintFor(ctx context.Context, q postgres.Querier, complaintID string) (domain.Complaint, bool, error) {
	p, err := auth.From(ctx)
	if err != nil {
		return domain.Complaint{}, false, err
	}
	found, err := store.FindComplaint(ctx, q, complaintID)
	if err != nil {
		return domain.Complaint{}, false, err
	}
	_, err = a.teamFor(ctx, q, decideComplaints, found.TeamID)
	if errors.Is(err, domain.ErrNoTeam) {
		err = domain.ErrNoComplaint
	}
	if err != nil {
		return domain.Complaint{}, false, err
	}
	role, err := store.FindRole(ctx, q, found.TeamID, p.VolunteerID)
	if err != nil {
		return domain.Complaint{}, false, err
	}
	if found.Concerns(p.VolunteerID, role.Leads()) && found.Complainer != p.VolunteerID {
		return domain.Complaint{}, false, domain.ErrNoComplaint
	}
	c, err := store.LockComplaint(ctx, q, complaintID)
	return c, role.Leads(), err
}

// noticeComplaint tells who complained, and whom it was about, that there is an outcome.
func (a *App) noticeComplaint(ctx context.Context, q postgres.Querier, c domain.Complaint) error {
	team, err := store.FindTeam(ctx, q, c.TeamID)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	to := []string{c.Complainer}
	if c.VolunteerID != "" && c.VolunteerID != c.Complainer {
		to = append(to, c.VolunteerID)
	}
	return a.notify(ctx, q, toAll(to, func(volunteerID string) domain.Notice {
		return domain.NewNotice(domain.NoticeComplaintDecided, volunteerID, "complaint", c.ID, domain.Words{"team": team.Name}, now)
	})...)
}
