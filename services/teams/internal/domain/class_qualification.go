package domain

import (
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ErrNotByClass says that a paper of this kind is not given by a class.
var ErrNotByClass = apperr.New(apperr.Invalid, "not_by_class", "这种资质不由培训班授予。", "A qualification of this kind is not given by a class.")

// ClassPaper is what a class gives to whoever completes it, as it was told.
type ClassPaper struct {
	Issuer      string    // the team that held it
	Number      string    // of the certificate of attendance
	CompletedOn time.Time // a day of the city
	Months      int       // how long it is good; 0: as the list has it
	GrantedBy   string    // the administrator who set what the class gives; empty: not known any more
	Source      string    // by which it is given once
}

// NewClassQualification returns the qualification that somebody has from a
// class. It has the state of a paper that an officer has seen: that was decided
// by whoever set what the class gives. Of their own class, under whichever
// record (records are the person's), it waits for another officer. It returns
// ErrNotByClass, and ErrBlank for one that must end and has no end.
func NewClassQualification(id, volunteerID string, records []string, kind QualificationKind, p ClassPaper, now time.Time) (Qualification, error) {
	q := Qualification{
		ID: id, VolunteerID: volunteerID, Kind: kind.Code, Issuer: p.Issuer, Number: p.Number, IssuedOn: p.CompletedOn, Source: p.Source,
		State: QualificationConfirmed, ClaimedBy: p.GrantedBy, ClaimedAt: now, DecidedBy: p.GrantedBy, DecidedAt: now, Version: 1,
	}
	if !kind.ByClass {
		return q, ErrNotByClass
	}
	if q.ValidUntil = kind.usualEnd(p.CompletedOn); p.Months > 0 {
		q.ValidUntil = p.CompletedOn.AddDate(0, p.Months, -1)
	}
	if kind.Expires && q.ValidUntil.IsZero() {
		return q, apperr.For("months", ErrBlank)
	}
	if p.GrantedBy == "" || slices.Contains(records, p.GrantedBy) {
		q.State, q.ClaimedBy, q.DecidedBy, q.DecidedAt = QualificationClaimed, volunteerID, "", time.Time{}
	}
	return q, nil
}
