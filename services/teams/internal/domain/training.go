package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrNoTraining says that there is no such training, or that it is not the asker's to see.
	ErrNoTraining = apperr.New(apperr.NotFound, "no_such_training", "没有这次培训的记录，请刷新页面再看。", "There is no such training; please reload the page.")
	// ErrOwnRecord refuses to an officer the writing down of their own.
	ErrOwnRecord = apperr.New(apperr.Conflict, "own_record", "自己的培训和表彰要由别的干部登记，请交给同事。", "Your own trainings and honours must be recorded by another officer; please leave it to a colleague.")
	// ErrMinutes says that a training has no length that it can have.
	ErrMinutes = apperr.New(apperr.Invalid, "minutes_wrong", "培训时长不对，请填 1 分钟到 1000 小时。", "This cannot be the length of a training; it takes between a minute and 1,000 hours.")
)

// Noted is that an officer wrote something down, and perhaps withdrew it.
type Noted struct {
	RecordedBy  string // empty: Qihe itself
	RecordedAt  time.Time
	WithdrawnBy string
	WithdrawnAt time.Time // zero while it counts
	Reason      string    // of the withdrawal
}

// Withdraw says that it was wrong, with a reason that the person reads. Once
// more changes nothing.
func (n *Noted) Withdraw(by, reason string, now time.Time) (changed bool, err error) {
	if !n.WithdrawnAt.IsZero() {
		return false, nil
	}
	if reason, err = parseReason(reason); err != nil {
		return false, err
	}
	n.WithdrawnBy, n.WithdrawnAt, n.Reason = by, now, reason
	return true, nil
}

// Training is one that somebody has had 培训.
type Training struct {
	ID                string
	VolunteerID       string
	Title             string
	Organiser         string
	HeldOn            time.Time
	Minutes           int
	CertificateNumber string
	Source            string // what a service told it by; empty: an officer wrote it down
	Noted
}

// TrainingDraft is what an officer writes down.
type TrainingDraft struct {
	Title, Organiser, HeldOn, CertificateNumber string
	Minutes                                     int
}

// NewTraining returns a training that an officer writes down, or what is wrong
// with it, by input.
func NewTraining(id, volunteerID, by string, d TrainingDraft, now time.Time) (Training, error) {
	tr := Training{
		ID: id, VolunteerID: volunteerID, Title: strings.TrimSpace(d.Title), Organiser: strings.TrimSpace(d.Organiser), Minutes: d.Minutes,
		CertificateNumber: strings.TrimSpace(d.CertificateNumber), Noted: Noted{RecordedBy: by, RecordedAt: now},
	}
	var err error
	switch {
	case by == volunteerID:
		return tr, ErrOwnRecord
	case tr.Title == "":
		return tr, apperr.For("title", ErrBlank)
	case tr.Organiser == "":
		return tr, apperr.For("organiser", ErrBlank)
	case tr.Minutes < 1 || tr.Minutes > 60_000:
		return tr, apperr.For("minutes", ErrMinutes)
	}
	tr.HeldOn, err = parsePastDay("held_on", d.HeldOn, now)
	return tr, err
}
