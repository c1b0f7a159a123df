package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// ErrNoHonour says that there is no such honour, or that it is not the asker's to see.
var ErrNoHonour = apperr.New(apperr.NotFound, "no_such_honour", "没有这项表彰的记录，请刷新页面再看。", "There is no such honour; please reload the page.")

// Honour is what somebody was honoured with 表彰.
type Honour struct {
	ID             string
	VolunteerID    string
	Title          string
	Level          string // nation | province | city | county | unit
	Issuer         string
	AwardedOn      time.Time
	DocumentNumber string // 文号
	Noted
}

// HonourDraft is what an officer writes down.
type HonourDraft struct {
	Title, Level, Issuer, AwardedOn, DocumentNumber string
}

// NewHonour returns an honour that an officer writes down, or what is wrong
// with it, by input.
func NewHonour(id, volunteerID, by string, d HonourDraft, now time.Time) (Honour, error) {
	h := Honour{
		ID: id, VolunteerID: volunteerID, Title: strings.TrimSpace(d.Title), Level: d.Level, Issuer: strings.TrimSpace(d.Issuer),
		DocumentNumber: strings.TrimSpace(d.DocumentNumber), Noted: Noted{RecordedBy: by, RecordedAt: now},
	}
	var err error
	switch {
	case by == volunteerID:
		return h, ErrOwnRecord
	case h.Title == "":
		return h, apperr.For("title", ErrBlank)
	case h.Issuer == "":
		return h, apperr.For("issuer", ErrBlank)
	}
	h.AwardedOn, err = parsePastDay("awarded_on", d.AwardedOn, now)
	return h, err
}
