package people

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

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
	body, err := json.Marshal(query)
	if err != nil {
		return nil, fmt.Errorf("encode query: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base+PhonesPath, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("ask teams for phones: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+d.secret)
	req.Header.Set("Content-Type", "application/json")
	res, err := d.client.Do(req)
	if err != nil {
		d.log.Warn("phones cannot be asked for", "error", err)
		return nil, ErrNoPhones
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		d.log.Warn("phones cannot be asked for", "status", res.Status)
		return nil, ErrNoPhones
	}
	var answer PhonesAnswer
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return nil, fmt.Errorf("read phones: %w", err)
	}
	return answer.Phones, nil
}
