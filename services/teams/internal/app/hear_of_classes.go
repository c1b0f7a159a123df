package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// HearOfClasses writes down who completed a class, and gives them the
// qualification that it grants. Class and certificate are the sources, so each
// is written once however often it is heard; whoever has left is passed over.
func (a *App) HearOfClasses(ctx context.Context, q postgres.Querier, events []tasksv1.TrainingCompleted) error {
	inOrder := slices.SortedFunc(slices.Values(events), func(x, y tasksv1.TrainingCompleted) int {
		return strings.Compare(x.VolunteerID, y.VolunteerID) // as everybody locks them
	})
	for _, e := range inOrder {
		held, err := domain.ParseDay(e.CompletedOn)
		if err != nil {
			return err
		}
		team, err := store.FindTeam(ctx, q, e.TeamID)
		if err != nil && !errors.Is(err, domain.ErrNoTeam) {
			return err
		}
		if err := a.KeepTrainings(ctx, q, domain.Training{
			VolunteerID: e.VolunteerID, Title: e.TaskTitle, Organiser: team.Name, HeldOn: held, Minutes: min(max(e.Minutes, 1), 60_000),
			CertificateNumber: e.Number, Source: "tasks/class/" + e.TaskID,
		}); err != nil {
			return err
		}
		if e.Grants == "" {
			continue
		}
		paper := domain.ClassPaper{
			Issuer: team.Name, Number: e.Number, CompletedOn: held, Months: e.Months, GrantedBy: e.GrantedBy, Source: "tasks/certificate/" + e.CertificateID,
		}
		if err := a.giveQualification(ctx, q, e.VolunteerID, e.Grants, paper); err != nil {
			return err
		}
	}
	return nil
}

// giveQualification gives somebody what a class grants. What cannot be given is
// logged and passed over: it must not hold up what comes after it, and an
// officer can write it down.
func (a *App) giveQualification(ctx context.Context, q postgres.Querier, volunteerID, kindCode string, p domain.ClassPaper) error {
	v, err := a.lockSurvivor(ctx, q, volunteerID)
	if errors.Is(err, domain.ErrNoVolunteer) || err == nil && !v.Here() {
		return nil
	}
	if err != nil {
		return err
	}
	had, err := store.ListQualificationsOf(ctx, q, a.vault, v.ID)
	if err != nil || slices.ContainsFunc(had, func(f domain.Qualification) bool { return f.Source == p.Source }) {
		return err
	}
	f, err := a.classQualification(ctx, q, v, kindCode, p)
	if reason := (*apperr.Error)(nil); errors.As(err, &reason) {
		a.log.WarnContext(ctx, "a class grants what cannot be given", "kind", kindCode, "source", p.Source, "reason", reason.Code)
		return nil
	}
	if err != nil {
		return err
	}
	waits := func(o domain.Qualification) bool { return o.State == domain.QualificationClaimed && o.Kind == f.Kind }
	if f.State == domain.QualificationClaimed && slices.ContainsFunc(had, waits) {
		return nil // one of the kind waits for an officer already
	}
	if err := a.addQualification(ctx, q, f, "qualification.granted"); err != nil || f.State != domain.QualificationConfirmed {
		return err
	}
	return a.noticeQualification(ctx, q, f)
}

func (a *App) classQualification(ctx context.Context, q postgres.Querier, v domain.Volunteer, kindCode string, p domain.ClassPaper) (domain.Qualification, error) {
	kind, err := store.FindQualificationKind(ctx, q, kindCode)
	if err != nil {
		return domain.Qualification{}, err
	}
	records, err := store.ListRecordsOf(ctx, q, v.ID, v.ID)
	if err != nil {
		return domain.Qualification{}, err
	}
	if p.GrantedBy != "" {
		_, err := store.FindVolunteer(ctx, q, a.vault, p.GrantedBy)
		if errors.Is(err, domain.ErrNoVolunteer) {
			p.GrantedBy = ""
		} else if err != nil {
			return domain.Qualification{}, err
		}
	}
	return domain.NewClassQualification(id.New(), v.ID, records, kind, p, a.clock.Now())
}

// lockSurvivor returns somebody under the record that is theirs now, held.
func (a *App) lockSurvivor(ctx context.Context, q postgres.Querier, volunteerID string) (domain.Volunteer, error) {
	v, err := store.LockVolunteer(ctx, q, a.vault, volunteerID)
	if err == nil && v.MergedInto != "" {
		return store.LockVolunteer(ctx, q, a.vault, v.MergedInto)
	}
	return v, err
}
