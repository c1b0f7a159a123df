package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/id"
)

func TestActivityRecords(t *testing.T) {
	t.Parallel()
	t.Run("what came of a shift is told to whoever asks, without anybody's name", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		came := []string{w.signUp(shift), w.signUp(shift)}
		seen := func(kind domain.ClaimKind, at time.Time) {
			w.clock.SetTo(at)
			for _, v := range came {
				_, err := w.CreateClaim(w.as(w.leader), app.NewClaim{ClaimID: id.New(), ShiftID: shift.ID, Kind: kind, VolunteerID: v})
				w.must(err)
			}
		}
		seen(domain.ClaimIn, shift.StartsAt.Add(-time.Minute))
		seen(domain.ClaimOut, shift.EndsAt)
		_, err := w.ConfirmShift(w.as(w.leader), shift.ID, app.Confirmation{PeopleServed: 40})
		w.must(err)
		p := w.given(app.NewPhoto{ShiftID: shift.ID})
		_, err = w.WriteRecord(w.as(w.deputy), shift.ID, " 捡了三十袋垃圾。 ")
		w.must(err)

		for _, f := range []domain.RecordFilter{{TeamID: w.team}, {TaskID: shift.TaskID}, {ShiftID: shift.ID}} {
			f.Limit = 10
			view, err := w.ListRecords(t.Context(), f)
			w.must(err)
			if len(view.Records) != 1 {
				t.Fatalf("%+v: %d records", f, len(view.Records))
			}
			r := view.Records[0]
			got := []any{r.Summary, r.PeopleServed, r.Came, r.Minutes, len(r.Photos), r.Photos[0].ID, r.MayWrite, r.MayTakeDown}
			if diff := cmp.Diff([]any{"捡了三十袋垃圾。", 40, 2, 300, 1, p.ID, false, false}, got); diff != "" {
				t.Error(diff)
			}
		}
	})
	t.Run("of a shift of which nothing is told only its leaders see that something may be", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.held()
		for name, ctx := range map[string]context.Context{"nobody": t.Context(), "an officer": w.coordinator("4106/"), "the leader": w.as(w.leader)} {
			view, err := w.ListRecords(ctx, domain.RecordFilter{ShiftID: shift.ID, Limit: 1})
			if want := name == "the leader"; err != nil || want != (len(view.Records) == 1 && view.Records[0].MayWrite) {
				t.Errorf("%s: %+v, %v", name, view, err)
			}
		}
	})
	t.Run("pages follow one another", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		var shifts []string
		for range 3 {
			shift := w.held()
			shifts = append([]string{shift.ID}, shifts...)
			_, err := w.WriteRecord(w.as(w.leader), shift.ID, "做了")
			w.must(err)
		}
		var seen []string
		for f := (domain.RecordFilter{TeamID: w.team, Limit: 2}); len(seen) < 3; {
			view, err := w.ListRecords(t.Context(), f)
			w.must(err)
			for _, r := range view.Records {
				seen = append(seen, r.ShiftID)
				f.After = domain.Cursor{StartsAt: r.StartsAt, ID: r.ShiftID}
			}
			if len(view.Records) == 0 {
				break
			}
		}
		if diff := cmp.Diff(shifts, seen); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("who may write, and when", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		write := func(ctx context.Context) error {
			_, err := w.WriteRecord(ctx, shift.ID, "做了")
			return err
		}
		if err := write(w.as(w.leader)); !errors.Is(err, domain.ErrRecordEarly) {
			t.Errorf("before it is over: %v", err)
		}
		w.clock.SetTo(shift.EndsAt)
		for name, c := range map[string]struct {
			ctx  context.Context
			want error
		}{
			"the leader": {w.as(w.leader), nil}, "the office": {w.coordinator("4106/410611/"), nil},
			"a volunteer": {w.as(id.New()), domain.ErrNotPublished}, "another county": {w.coordinator("4106/410621/"), domain.ErrNotPublished},
		} {
			if err := write(c.ctx); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", name, err, c.want)
			}
		}
	})
}
