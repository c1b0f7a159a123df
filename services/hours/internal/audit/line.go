// Package audit checks an exported ledger with nothing but a public key: that
// every line is as it was when it came into the log, that none is missing, that
// none was slipped in, and that the log only grew between the checkpoints that
// somebody holds. It has no database and asks nobody.
//
// An export is a text file, a JSON object in each line: first a Head, then a Line
// for each leaf in the log's order, then the lines that are in no leaf. It holds
// ids and salts and belongs into an auditor's hands, not onto a public page;
// checkpoints are public.
package audit

import (
	"encoding/hex"
	"fmt"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
)

// format is what Head.Format says.
const format = 1

// Head is the first line of an export.
type Head struct {
	Format     int       `json:"format"`
	Origin     string    `json:"origin"` // the log's name
	Size       int64     `json:"size"`   // leaves
	ExportedAt time.Time `json:"exported_at"`
}

// NewHead returns the first line of an export.
func NewHead(origin string, size int64, now time.Time) Head {
	return Head{Format: format, Origin: origin, Size: size, ExportedAt: now.UTC()}
}

// Outside is the Index of a line that is in no leaf.
const Outside = -1

// Line is a line of the ledger with its leaf. Where the log has a leaf and the
// ledger no line any more, only Index and LeafHash are there.
type Line struct {
	Index         int64  `json:"index"`
	LeafHash      string `json:"leaf_hash,omitempty"`
	Mark          string `json:"mark,omitempty"`
	ConfirmerMark string `json:"confirmer_mark,omitempty"`
	Salt          string `json:"salt,omitempty"` // absent of who was erased
	ConfirmerSalt string `json:"confirmer_salt,omitempty"`

	EntryID       string    `json:"entry_id,omitempty"`
	VolunteerID   string    `json:"volunteer_id,omitempty"`
	TeamID        string    `json:"team_id,omitempty"`
	ProgrammeID   string    `json:"programme_id,omitempty"`
	RegionPath    string    `json:"region_path,omitempty"`
	ReportingUnit string    `json:"reporting_unit,omitempty"`
	Kind          string    `json:"kind,omitempty"`
	Account       string    `json:"account,omitempty"`
	Verification  string    `json:"verification,omitempty"`
	Minutes       int       `json:"minutes,omitempty"`
	From          time.Time `json:"from,omitzero"`
	To            time.Time `json:"to,omitzero"`
	SourceKind    string    `json:"source_kind,omitempty"`
	SourceID      string    `json:"source_id,omitempty"`
	Title         string    `json:"title,omitempty"`
	ConfirmedBy   string    `json:"confirmed_by,omitempty"`
	ConfirmedAt   time.Time `json:"confirmed_at,omitzero"`
	RecordedAt    time.Time `json:"recorded_at,omitzero"`
	SettlesOn     string    `json:"settles_on,omitempty"` // absent in lines from before there was such a day
}

// LineOf returns the line for an entry of the ledger.
func LineOf(e domain.Entry) Line {
	return Line{
		Index: Outside, EntryID: e.ID, VolunteerID: e.VolunteerID, TeamID: e.TeamID, ProgrammeID: e.ProgrammeID,
		RegionPath: e.RegionPath, ReportingUnit: e.ReportingUnit, Kind: string(e.Kind), Account: string(e.Account), Verification: e.Verification,
		Minutes: e.Minutes, From: e.From, To: e.To, SourceKind: e.SourceKind, SourceID: e.SourceID, Title: e.Title,
		ConfirmedBy: e.ConfirmedBy, ConfirmedAt: e.ConfirmedAt, RecordedAt: e.RecordedAt, SettlesOn: dayText(e.SettlesOn),
	}
}

func dayText(d domain.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// InLog returns the line with its leaf.
func (l Line) InLog(leaf domain.Leaf, leafHash string, salt, confirmerSalt *domain.Salt) Line {
	l.Index, l.LeafHash = leaf.Index, leafHash
	l.Mark, l.ConfirmerMark = hex.EncodeToString(leaf.Mark[:]), hex.EncodeToString(leaf.ConfirmerMark[:])
	l.Salt, l.ConfirmerSalt = hexOf(salt), hexOf(confirmerSalt)
	return l
}

func hexOf(s *domain.Salt) string {
	if s == nil {
		return ""
	}
	return hex.EncodeToString(s[:])
}

// leaf returns what the line says its leaf is.
func (l Line) leaf() (domain.Leaf, error) {
	leaf := domain.Leaf{Index: l.Index, Entry: domain.Entry{
		ID: l.EntryID, TeamID: l.TeamID, ProgrammeID: l.ProgrammeID, RegionPath: l.RegionPath, ReportingUnit: l.ReportingUnit,
		Kind: domain.Kind(l.Kind), Account: domain.Account(l.Account), Verification: l.Verification, Minutes: l.Minutes, From: l.From, To: l.To,
		SourceKind: l.SourceKind, SourceID: l.SourceID, Title: l.Title, ConfirmedAt: l.ConfirmedAt, RecordedAt: l.RecordedAt,
	}}
	if l.SettlesOn != "" {
		day, err := time.Parse(time.DateOnly, l.SettlesOn)
		if err != nil {
			return leaf, fmt.Errorf("line %d: %q is no day", l.Index, l.SettlesOn)
		}
		leaf.Entry.SettlesOn = domain.DayOn(day.Date())
	}
	for text, to := range map[string][]byte{l.Mark: leaf.Mark[:], l.ConfirmerMark: leaf.ConfirmerMark[:]} {
		if n, err := hex.Decode(to, []byte(text)); err != nil || n != len(to) {
			return leaf, fmt.Errorf("line %d: %q is no mark", l.Index, text)
		}
	}
	return leaf, nil
}

// belongs reports whether a mark is that of a person; known says whether there is
// a salt to tell by.
func belongs(mark, salt, personID string) (yes, known bool) {
	var s domain.Salt
	if n, err := hex.Decode(s[:], []byte(salt)); salt == "" || err != nil || n != len(s) {
		return false, salt != ""
	}
	m := s.Mark(personID)
	return hex.EncodeToString(m[:]) == mark, true
}
