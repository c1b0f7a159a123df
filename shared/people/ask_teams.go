package people

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/qihe-volunteers/qihe/shared/replicas"
)

// askTeams asks teams behind the internal secret and reads its answer. It
// returns none, and says in the log why, when teams cannot be asked now.
func (d *Directory) askTeams(ctx context.Context, path string, query, answer any, none error) error {
	body, err := json.Marshal(query)
	if err != nil {
		return fmt.Errorf("encode query: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("ask teams: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+d.secret)
	req.Header.Set("Content-Type", "application/json")
	replicas.Repeatable(req)
	res, err := d.client.Do(req)
	if err != nil {
		d.log.Warn("teams cannot be asked", "path", path, "error", err)
		return none
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		d.log.Warn("teams cannot be asked", "path", path, "status", res.Status)
		return none
	}
	if err := json.NewDecoder(res.Body).Decode(answer); err != nil {
		return fmt.Errorf("read the answer of teams: %w", err)
	}
	return nil
}
