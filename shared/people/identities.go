package people

import (
	"context"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// IdentitiesPath is where teams answers for identity papers, behind the internal secret.
const IdentitiesPath = "/internal/v1/identities"

// IdentitiesQuery asks who people are by their papers, on behalf of somebody who
// writes it onto paper now. Teams records for each of them who read it and why.
type IdentitiesQuery struct {
	ReaderID string   `json:"reader_id"`
	Reason   string   `json:"reason"` // our own words, for the audit: "certificate.issued"
	IDs      []string `json:"ids"`
	Whole    []string `json:"whole"` // those of IDs whose number is wanted in full; the others' comes masked
}

// Identity is who somebody is by their paper.
type Identity struct {
	Name     string `json:"name"`
	Number   string `json:"number"`    // 志愿者编号
	IDKind   string `json:"id_kind"`   // resident | hk_macao_taiwan | passport | foreign_resident; empty: none is registered
	IDNumber string `json:"id_number"` // as it may be written
}

// IdentitiesAnswer holds them by volunteer id; of a merged record its
// survivor's. Whoever is not known or was erased is left out.
type IdentitiesAnswer struct {
	Identities map[string]Identity `json:"identities"`
}

// ErrNoIdentities tells that teams cannot be asked now.
var ErrNoIdentities = apperr.New(apperr.Unavailable, "no_identities", "现在查不到姓名和证件，请过一会儿再试。", "Names and identity papers cannot be had now; please try again in a while.")

// Identities returns who these people are. Nothing is kept here; that it was
// read is recorded by teams before it answers. It returns ErrNoIdentities when
// teams cannot be reached.
func (d *Directory) Identities(ctx context.Context, query IdentitiesQuery) (map[string]Identity, error) {
	var answer IdentitiesAnswer
	err := d.askTeams(ctx, IdentitiesPath, query, &answer, ErrNoIdentities)
	return answer.Identities, err
}
