package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ErrNoSuchTeam tells that there is no brigade that could be asked.
var ErrNoSuchTeam = apperr.New(apperr.Invalid, "no_such_team", "没有这支队伍，或者它现在不开展活动，请重新选。", "There is no such brigade, or it is not active; please choose again.")

// AskTeam asks another brigade to hold a published activity with the reader's.
// Its leaders are told, once. It returns NotFound to whoever does not lead the
// brigade that posted it.
func (a *App) AskTeam(ctx context.Context, taskID, teamID string) (TaskView, error) {
	type request struct{ TaskID, TeamID string }
	err := a.onTask(ctx, "ask_team", taskID, request{taskID, teamID}, func(q postgres.Querier, reader crew, task domain.Task) error {
		teams, err := store.ListTaskTeams(ctx, q, taskID)
		if err != nil {
			return err
		}
		state, err := store.FindTeamState(ctx, q, teamID)
		if err != nil {
			return err
		}
		if state != "active" {
			return apperr.For("team_id", ErrNoSuchTeam)
		}
		j, changed, err := task.AskTeam(teamID, findJoint(teams, teamID), reader.VolunteerID, a.clock.Now())
		if err != nil || !changed {
			return err
		}
		if len(teams) >= domain.MostJoint && findJoint(teams, teamID) == nil {
			return domain.ErrJointMany
		}
		if err := store.UpsertTaskTeam(ctx, q, j); err != nil {
			return err
		}
		return a.tellJoint(ctx, q, tasksv1.NoticeJoinAsked, task, teamID, task.TeamID, reader.self)
	})
	if err != nil {
		return TaskView{}, err
	}
	return a.FindTask(ctx, taskID)
}

func findJoint(teams []domain.JointTeam, teamID string) *domain.JointTeam {
	if i := slices.IndexFunc(teams, func(j domain.JointTeam) bool { return j.TeamID == teamID }); i >= 0 {
		return &teams[i]
	}
	return nil
}

// AnswerJoint joins, or declines or leaves, for a brigade that the reader leads;
// or takes the invitation back, for the host. The other side's leaders are told.
// Whoever leads neither gets NotFound.
func (a *App) AnswerJoint(ctx context.Context, taskID, teamID string, to domain.JointState) (TaskView, error) {
	type request struct {
		TaskID, TeamID string
		To             domain.JointState
	}
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "answer_joint", request{taskID, teamID, to}, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		task, err := store.LockTask(ctx, q, taskID)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.answerJoint(ctx, q, reader, task, teamID, to)
	})
	if err != nil {
		return TaskView{}, err
	}
	return a.FindTask(ctx, taskID)
}

func (a *App) answerJoint(ctx context.Context, q postgres.Querier, reader crew, task domain.Task, teamID string, to domain.JointState) error {
	answers, hears := teamID, task.TeamID // who may answer, and who is told
	if to == domain.JointWithdrawn {
		answers, hears = task.TeamID, teamID
	}
	teams, err := store.ListTaskTeams(ctx, q, task.ID)
	if err != nil {
		return err
	}
	j := findJoint(teams, teamID)
	switch {
	case !reader.leads(answers) && !reader.leads(hears):
		return store.ErrNoSuchTask
	case !reader.leads(answers):
		return ErrNotLeader
	case j == nil:
		return store.ErrNoSuchTask
	case task.State == domain.TaskCancelled:
		return domain.ErrTaskCancelled
	}
	before := j.State
	changed, err := j.Answer(to, reader.VolunteerID, a.clock.Now())
	if err != nil || !changed {
		return err
	}
	if err := store.UpsertTaskTeam(ctx, q, *j); err != nil {
		return err
	}
	if before == domain.JointJoined { // their page drew its codes
		if err := a.renewKeysOf(ctx, q, task.ID); err != nil {
			return err
		}
	}
	kind := map[domain.JointState]tasksv1.NoticeKind{
		domain.JointJoined: tasksv1.NoticeJoined, domain.JointDeclined: tasksv1.NoticeNotJoined, domain.JointWithdrawn: tasksv1.NoticeJoinWithdrawn,
	}[to]
	return a.tellJoint(ctx, q, kind, task, hears, answers, reader.self)
}

func (a *App) renewKeysOf(ctx context.Context, q postgres.Querier, taskID string) error {
	shifts, err := store.LockTaskShifts(ctx, q, taskID)
	if err != nil {
		return err
	}
	return renew(ctx, q, shifts, a.clock.Now())
}

// tellJoint tells those who lead a brigade what another did about a task.
func (a *App) tellJoint(ctx context.Context, q postgres.Querier, kind tasksv1.NoticeKind, task domain.Task, hears, did string, self domain.Person) error {
	leaders, err := othersWhoLead(ctx, q, hears, self)
	if err != nil || len(leaders) == 0 {
		return err
	}
	shifts, err := store.ListListings(ctx, q, domain.ListingFilter{TaskID: task.ID})
	if err != nil || len(shifts) == 0 {
		return err
	}
	name, err := store.FindTeamName(ctx, q, did)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	about := shifts[len(shifts)-1]
	if i := slices.IndexFunc(shifts, func(l domain.Listing) bool { return now.Before(l.EndsAt) }); i >= 0 {
		about = shifts[i] // the next one
	}
	return outbox.Append(ctx, q, now, news(kind, about, now, map[string]string{"team": name}, leaders...)...)
}

// ChooseTeam says for which of the brigades that hold an activity the reader
// comes, who is in several: that one has the hours that are confirmed from now
// on. It returns ErrNotYourTeam for another.
func (a *App) ChooseTeam(ctx context.Context, taskID, teamID string) (TaskView, error) {
	type request struct{ TaskID, TeamID string }
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "choose_team", request{taskID, teamID}, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		task, err := store.FindTask(ctx, q, taskID)
		if err == nil && task.State == domain.TaskDraft {
			err = store.ErrNoSuchTask
		}
		if err != nil {
			return struct{}{}, err
		}
		mine, err := a.standingOf(ctx, q, task.ID, reader.self)
		if err != nil {
			return struct{}{}, err
		}
		i := slices.IndexFunc(mine.In, func(h domain.Holder) bool { return h.Is(teamID) })
		if i < 0 {
			return struct{}{}, apperr.For("team_id", domain.ErrNotYourTeam)
		}
		for _, record := range reader.self.IDs() { // under whichever record they come
			if err := store.UpsertChoice(ctx, q, task.ID, record, mine.In[i].TeamID, a.clock.Now()); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	})
	if err != nil {
		return TaskView{}, err
	}
	return a.FindTask(ctx, taskID)
}
