package app

import (
	"context"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// completeClass gives a certificate to each of those just confirmed who now has
// attended what the class takes, under whichever record, and returns what is
// told of it. The class is held, so that two sessions confirmed at once are
// counted together.
func (a *App) completeClass(ctx context.Context, q postgres.Querier, l domain.Listing, s settling) ([]outbox.Event, error) {
	var confirmed []string
	for _, at := range s.changed {
		if at.State == domain.AttendanceConfirmed {
			confirmed = append(confirmed, at.VolunteerID)
		}
	}
	if len(confirmed) == 0 {
		return nil, nil
	}
	task, err := store.FindTask(ctx, q, l.TaskID)
	if err != nil {
		return nil, err
	}
	grant, err := store.FindClassGrant(ctx, q, l.TaskID)
	if err != nil {
		return nil, err
	}
	attended, err := attendedBy(ctx, q, task, confirmed)
	if err != nil {
		return nil, err
	}
	var certificates []domain.Certificate
	var events []outbox.Event
	for _, volunteerID := range confirmed {
		had, ok := attended[volunteerID]
		if !ok || !had.Completes(task) {
			continue
		}
		c := domain.NewCertificate(task, volunteerID, had, grant, s.now)
		certificates = append(certificates, c)
		events = append(events, completed(task, c, had, grant))
		events = append(events, news(tasksv1.NoticeTrainingCompleted, l, s.now, nil, volunteerID)...)
	}
	if len(certificates) == 0 {
		return nil, nil
	}
	return events, store.InsertCertificates(ctx, q, certificates)
}

// attendedBy returns what each of these attended of a class, without those who
// hold its certificate already, and of two records of one person the first only.
func attendedBy(ctx context.Context, q postgres.Querier, task domain.Task, volunteerIDs []string) (map[string]domain.Attended, error) {
	persons, err := store.FindPersons(ctx, q, volunteerIDs)
	if err != nil {
		return nil, err
	}
	var records []string
	for _, p := range persons {
		records = append(records, p.IDs()...)
	}
	held, err := store.ListCertificatesFor(ctx, q, task.ID, records)
	if err != nil {
		return nil, err
	}
	sessions, err := store.ListSessions(ctx, q, []string{task.ID}, records)
	if err != nil {
		return nil, err
	}
	holders := domain.Person{}
	for _, c := range held {
		holders[c.VolunteerID] = true
	}
	attended := make(map[string]domain.Attended, len(volunteerIDs))
	for _, volunteerID := range volunteerIDs {
		p := persons[volunteerID]
		if p.Shares(holders) {
			continue
		}
		for id := range p {
			holders[id] = true
		}
		attended[volunteerID] = domain.AttendedOf(p, sessions[task.ID])
	}
	return attended, nil
}

func completed(t domain.Task, c domain.Certificate, had domain.Attended, grant domain.ClassGrant) tasksv1.TrainingCompleted {
	e := tasksv1.TrainingCompleted{
		CertificateID: c.ID, Number: c.Number, TaskID: t.ID, TaskTitle: t.Title, TeamID: t.TeamID, VolunteerID: c.VolunteerID,
		Sessions: len(had.Sessions), Minutes: had.Minutes, CompletedOn: c.CompletedOn, CompletedAt: c.IssuedAt,
	}
	if grant.Kind != "" {
		e.Grants, e.Months, e.GrantedBy = grant.Kind, grant.Months, grant.SetBy
	}
	return e
}
