package city_test

import (
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/city"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/citytest"
	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestClockBehind(t *testing.T) { //nolint:tparallel // one thing after the other, in one folder
	t.Parallel()
	data := citytest.Folder(t)
	record(t, data, "3 minutes")
	r, err := city.Start(t.Context(), city.Options{Data: data})
	if err == nil {
		stop(t, r)
		t.Fatal("it started on a clock that is behind")
	}
	if !strings.Contains(err.Error(), "--although-behind") || !strings.Contains(err.Error(), "timedatectl") {
		t.Errorf("it does not say what to do: %v", err)
	}
	t.Run("it starts for who says that the records are wrong", func(t *testing.T) {
		stop(t, start(t, city.Options{Data: data, Although: true}))
	})
	t.Run("control: a clock that is set back by a minute, as a time server does, stops nothing", func(t *testing.T) {
		record(t, data, "1 minute")
		stop(t, start(t, city.Options{Data: data}))
	})
}

// record lets the last thing that teams has told be of a time that is to come.
func record(t *testing.T, data, ahead string) {
	t.Helper()
	s, err := site.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	citytest.Change(t, s, "teams", `DELETE FROM outbox`)
	citytest.Change(t, s, "teams", `INSERT INTO outbox (event_id, aggregate, aggregate_version, subject, body, occurred_at, stored_at)
		VALUES ('`+id.New()+`', 'nothing/1', 1, 'teams.v1.nothing.happened', '{}', now(), now() + interval '`+ahead+`')`)
}
