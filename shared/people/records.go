package people

import (
	"context"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// RecordsPath is where teams answers for what the national system is told of
// people (志愿服务记录与证明出具办法 art. 4), behind the internal secret.
const RecordsPath = "/internal/v1/records"

// RecordsQuery asks for people's records: of these people, or, without ids, of
// those who are or were in a brigade of a region, MaxAsk at a time in the order
// of their ids.
type RecordsQuery struct {
	IDs        []string `json:"ids,omitempty"`
	RegionPath string   `json:"region_path,omitempty"`
	After      string   `json:"after,omitempty"` // next of the answer before
	Fields     []string `json:"fields"`          // of the basic information that is sent: Digest and Lacks are about these
	Values     bool     `json:"values"`          // the basic information itself, of whoever agreed; recorded for each
	ReaderID   string   `json:"reader_id"`       // on whose behalf, with Values
	Reason     string   `json:"reason"`          // our own words, for the audit
}

// Record is what there is of one person. It says who they are only in Values.
type Record struct {
	VolunteerID string            `json:"volunteer_id"`         // as it was asked for
	PersonID    string            `json:"person_id"`            // of a merged record its survivor
	Number      string            `json:"number"`               // 志愿者编号, of the survivor
	OwnNumber   string            `json:"own_number,omitempty"` // of a merged record its own
	TeamID      string            `json:"team_id,omitempty"`    // a brigade of the region; only when asked by region
	Agreed      bool              `json:"agreed"`               // to be in the national system
	Erased      bool              `json:"erased,omitempty"`     // nothing else is known of them
	Waits       bool              `json:"waits,omitempty"`      // a minor whose guardian has not agreed
	Lacks       []string          `json:"lacks,omitempty"`      // those of Fields that are empty
	Wrong       []string          `json:"wrong,omitempty"`      // those that cannot be right
	Digest      []byte            `json:"digest,omitempty"`     // of Fields, under a key of teams: says only whether they are what they were
	Values      map[string]string `json:"values,omitempty"`     // by field
	Notes       []RecordNote      `json:"notes,omitempty"`      // trainings, honours and decided complaints that count
}

// The groups of notes.
const (
	TrainingNote  = "training"
	HonourNote    = "honour"
	ComplaintNote = "complaint"
)

// RecordNote is a training, an honour, or a complaint that was decided, without
// who made it and what it said.
type RecordNote struct {
	ID     string            `json:"id"`
	Group  string            `json:"group"`
	Day    string            `json:"day"` // 2026-11-24: held, awarded, decided
	TeamID string            `json:"team_id,omitempty"`
	Values map[string]string `json:"values"`
}

// RecordsAnswer holds them; whoever is not known is left out.
type RecordsAnswer struct {
	Items []Record `json:"items"`
	Next  string   `json:"next,omitempty"` // empty: that was all
}

// ErrNoRecords tells that teams cannot be asked now.
var ErrNoRecords = apperr.New(apperr.Unavailable, "no_records", "现在查不到志愿者的登记资料，请过一会儿再试。", "What volunteers have registered cannot be had now; please try again in a while.")

// Records returns a page of people's records. Nothing is kept here. It returns
// ErrNoRecords when teams cannot be reached.
func (d *Directory) Records(ctx context.Context, query RecordsQuery) (RecordsAnswer, error) {
	var answer RecordsAnswer
	err := d.askTeams(ctx, RecordsPath, query, &answer, ErrNoRecords)
	return answer, err
}
