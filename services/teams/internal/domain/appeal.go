package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// AppealWithin is how long somebody who was removed may ask the office.
const AppealWithin = 30 * 24 * time.Hour

var (
	// ErrNoAppeal says that there is no such appeal, or that it is not the asker's to see.
	ErrNoAppeal = apperr.New(apperr.NotFound, "no_such_appeal", "没有这条申诉，请刷新页面再看。", "There is no such appeal; please reload the page.")
	// ErrNothingToAppeal says that an appeal is against a removal only.
	ErrNothingToAppeal = apperr.New(apperr.Conflict, "nothing_to_appeal", "只有被移出服务队时才需要申诉。", "There is nothing to appeal against here.")
	// ErrAppealLate says that the 30 days are over.
	ErrAppealLate = apperr.New(apperr.Conflict, "appeal_late", "离队已超过 30 天，不能再申诉；可以重新申请加入。", "The removal is more than 30 days ago and can no longer be appealed; you can apply again.")
	// ErrThirdPerson says that neither the remover nor the removed decides.
	ErrThirdPerson = apperr.New(apperr.Conflict, "third_person", "申诉要由当事人以外的人决定，请交给同事处理。", "Somebody who is not concerned must decide this; please leave it to a colleague.")
	// ErrAppealDecided says that somebody else has decided otherwise.
	ErrAppealDecided = apperr.New(apperr.Conflict, "appeal_decided", "这条申诉已经有人处理了，请刷新页面看结果。", "This appeal has been decided already; please reload the page to see how.")
)

// AppealState is where an appeal stands.
type AppealState string

// The states: waiting, the removal stands, the membership is back.
const (
	AppealOpen     AppealState = "open"
	AppealUpheld   AppealState = "upheld"
	AppealReversed AppealState = "reversed"
)

// Appeal asks the office to look at a removal.
type Appeal struct {
	ID           string
	MembershipID string
	VolunteerID  string
	RemovedBy    string
	RemovedAt    time.Time
	Word         string
	State        AppealState
	RequestedAt  time.Time
	DecidedBy    string
	DecidedAt    time.Time
	Reason       string
	Version      int64
}

// AppealUntil returns until when the removal can be appealed; zero when there is none.
func (m Membership) AppealUntil() time.Time {
	if m.State != MembershipEnded || m.Ending != EndingRemoved {
		return time.Time{}
	}
	return m.EndedAt.Add(AppealWithin)
}

// Appeal returns an appeal against the removal that ended the membership.
func (m Membership) Appeal(word string, now time.Time) (Appeal, error) {
	until := m.AppealUntil()
	switch {
	case until.IsZero():
		return Appeal{}, ErrNothingToAppeal
	case !now.Before(until):
		return Appeal{}, ErrAppealLate
	}
	return Appeal{
		ID: id.New(), MembershipID: m.ID, VolunteerID: m.VolunteerID, RemovedBy: m.EndedBy, RemovedAt: m.EndedAt,
		Word: strings.TrimSpace(word), State: AppealOpen, RequestedAt: now, Version: 1,
	}, nil
}

// Decide upholds or reverses the removal, with a reason for both sides. The
// same decision again changes nothing.
func (a *Appeal) Decide(verdict AppealState, by, reason string, now time.Time) (changed bool, err error) {
	switch {
	case by == a.RemovedBy || by == a.VolunteerID:
		return false, ErrThirdPerson
	case a.State == verdict:
		return false, nil
	case a.State != AppealOpen:
		return false, ErrAppealDecided
	}
	if reason, err = parseReason(reason); err != nil {
		return false, err
	}
	a.State, a.DecidedBy, a.DecidedAt, a.Reason = verdict, by, now, reason
	a.Version++
	return true, nil
}

// Reinstate makes the membership one again, as it was before the removal, but
// for a deputy's part, which is the leader's to give.
func (m *Membership) Reinstate(t Team) error {
	if t.State == TeamDissolved {
		return ErrTeamClosed
	}
	m.State, m.Ending, m.Reason, m.EndedBy, m.EndedAt = MembershipActive, "", "", "", time.Time{}
	m.Role = RoleMember
	m.Version++
	return nil
}
