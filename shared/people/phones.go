package people

import (
	"context"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// PhonesPath is where teams answers for whole phone numbers, behind the internal secret.
const PhonesPath = "/internal/v1/phones"

// PhonesQuery asks for the numbers of people on behalf of somebody who may call
// them now. Teams records for each of them who read it and why.
type PhonesQuery struct {
	ReaderID string   `json:"reader_id"`
	Reason   string   `json:"reason"` // our own words, for the audit: "shift.paused"
	IDs      []string `json:"ids"`
}

// PhonesAnswer holds the numbers by volunteer id; whoever has none is left out.
type PhonesAnswer struct {
	Phones map[string]string `json:"phones"`
}

// ErrNoPhones tells that teams cannot be asked now.
var ErrNoPhones = apperr.New(apperr.Unavailable, "no_phones", "现在查不到电话，请过一会儿再试。", "The phone numbers cannot be had now; please try again in a while.")

// Phones returns the whole phone numbers of these people. Nothing is kept: who
// may read them is decided by the caller, that they were read is recorded by
// teams before it answers. It returns ErrNoPhones when teams cannot be reached.
func (d *Directory) Phones(ctx context.Context, query PhonesQuery) (map[string]string, error) {
	var answer PhonesAnswer
	err := d.askTeams(ctx, PhonesPath, query, &answer, ErrNoPhones)
	return answer.Phones, err
}
