package app

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// newsLife is how long something heard from a stream is news. A stream that is
// filled again, or a listener that is new, brings what happened weeks ago.
const newsLife = 3 * day

// TellOfTasks puts a notice of each new task into the inboxes of its team's
// people, but for those who do not want it and whoever posted it. The task is
// the notice's source, so it is told once however often it is heard.
func (a *App) TellOfTasks(ctx context.Context, q postgres.Querier, events []tasksv1.TaskPublished) error {
	now := a.clock.Now()
	events = slices.DeleteFunc(slices.Clone(events), func(e tasksv1.TaskPublished) bool { return now.Sub(e.PublishedAt) > newsLife })
	if len(events) == 0 {
		return nil
	}
	teamIDs := make([]string, len(events))
	for i, e := range events {
		teamIDs[i] = e.TeamID
	}
	listeners, err := store.ListListeners(ctx, q, domain.NoticeTaskPublished, teamIDs)
	if err != nil {
		return err
	}
	of := map[string][]store.Listener{}
	for _, l := range listeners {
		of[l.TeamID] = append(of[l.TeamID], l)
	}
	var notices []domain.Notice
	for _, e := range events {
		for _, l := range of[e.TeamID] {
			if l.VolunteerID == e.PublishedBy {
				continue
			}
			words := domain.Words{"team": l.TeamName, "task": e.Title, "task_id": e.TaskID}
			notices = append(notices, domain.NewNotice(domain.NoticeTaskPublished, l.VolunteerID, "task", e.TaskID, words, e.PublishedAt).From(e.TaskID))
		}
	}
	return a.notify(ctx, q, notices...)
}

// TellOfHours tells each volunteer that their hours were confirmed, for how
// long and by whom: 今天 2小时30分，队长已确认.
func (a *App) TellOfHours(ctx context.Context, q postgres.Querier, events []tasksv1.AttendanceConfirmed) error {
	now := a.clock.Now()
	events = slices.DeleteFunc(slices.Clone(events), func(e tasksv1.AttendanceConfirmed) bool {
		return e.Minutes == 0 || now.Sub(e.ConfirmedAt) > newsLife
	})
	if len(events) == 0 {
		return nil
	}
	ids := make([]string, len(events))
	for i, e := range events {
		ids[i] = e.VolunteerID
	}
	wanting, err := store.ListWanting(ctx, q, domain.NoticeHoursConfirmed, ids)
	if err != nil {
		return err
	}
	roles := confirmers{}
	var notices []domain.Notice
	for _, e := range events {
		if !slices.Contains(wanting, e.VolunteerID) {
			continue
		}
		role, err := roles.find(ctx, q, e.TeamID, e.ConfirmedBy)
		if err != nil {
			return err
		}
		words := domain.Words{
			"day": e.From.In(clock.City).Format(time.DateOnly), "minutes": strconv.Itoa(e.Minutes), "role": role, "task": e.TaskTitle,
		}
		notices = append(notices, domain.NewNotice(domain.NoticeHoursConfirmed, e.VolunteerID, "attendance", e.AttendanceID, words, e.ConfirmedAt).From(e.AttendanceID))
	}
	return a.notify(ctx, q, notices...)
}

// dueNotice is what another service has to tell somebody.
type dueNotice struct {
	id, volunteerID        string
	kind                   domain.NoticeKind
	subjectKind, subjectID string
	words                  map[string]string
	at                     time.Time
}

// TellNotices puts what tasks has to tell into inboxes.
func (a *App) TellNotices(ctx context.Context, q postgres.Querier, events []tasksv1.NoticeDue) error {
	return a.tellDue(ctx, q, convert(events, func(e tasksv1.NoticeDue) dueNotice {
		return dueNotice{e.NoticeID, e.VolunteerID, domain.NoticeKind(e.Kind), "shift", e.ShiftID, e.Words, e.DueAt}
	}))
}

// TellHoursNotices puts what hours has to tell into inboxes.
func (a *App) TellHoursNotices(ctx context.Context, q postgres.Querier, events []hoursv1.NoticeDue) error {
	return a.tellDue(ctx, q, convert(events, func(e hoursv1.NoticeDue) dueNotice {
		return dueNotice{e.NoticeID, e.VolunteerID, domain.NoticeKind(e.Kind), e.SubjectKind, e.SubjectID, e.Words, e.DueAt}
	}))
}

// TellPairingsNotices puts what pairings has to tell into inboxes.
func (a *App) TellPairingsNotices(ctx context.Context, q postgres.Querier, events []pairingsv1.NoticeDue) error {
	return a.tellDue(ctx, q, convert(events, func(e pairingsv1.NoticeDue) dueNotice {
		return dueNotice{e.NoticeID, e.VolunteerID, domain.NoticeKind(e.Kind), e.SubjectKind, e.SubjectID, e.Words, e.DueAt}
	}))
}

// tellDue puts what another service has to tell into the inboxes of those who
// want it, under the words that teams has for its kind. What this release has no
// words for, told by a newer one, is passed over and logged: it must not hold
// up what comes after it.
func (a *App) tellDue(ctx context.Context, q postgres.Querier, all []dueNotice) error {
	now := a.clock.Now()
	due := map[domain.NoticeKind][]dueNotice{}
	for _, d := range all {
		if now.Sub(d.at) <= newsLife {
			due[d.kind] = append(due[d.kind], d)
		}
	}
	var notices []domain.Notice
	for _, kind := range slices.Sorted(maps.Keys(due)) {
		wanting, err := store.ListWanting(ctx, q, kind, convert(due[kind], func(d dueNotice) string { return d.volunteerID }))
		if err != nil {
			return err
		}
		for _, d := range due[kind] {
			n := domain.NewNotice(kind, d.volunteerID, d.subjectKind, d.subjectID, kind.Words(d.words), d.at).From(d.id)
			if err := n.Check(); err != nil {
				a.log.WarnContext(ctx, "there are no words for what another service has to tell", "notice", d.id, "error", err)
				continue
			}
			if slices.Contains(wanting, d.volunteerID) {
				notices = append(notices, n)
			}
		}
	}
	return a.notify(ctx, q, notices...)
}

// confirmers remembers what somebody is in a team: one leader confirms a whole roster.
type confirmers map[[2]string]string

// find returns the role, or "office" for somebody who is not in the team.
func (c confirmers) find(ctx context.Context, q postgres.Querier, teamID, volunteerID string) (string, error) {
	key := [2]string{teamID, volunteerID}
	if role, ok := c[key]; ok {
		return role, nil
	}
	role, err := store.FindRole(ctx, q, teamID, volunteerID)
	if err != nil {
		return "", err
	}
	c[key] = string(role)
	if role == domain.NoRole {
		c[key] = "office"
	}
	return c[key], nil
}
