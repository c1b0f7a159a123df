package app_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"sync"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/picture"
)

const whereItWasTaken = "GPS35.7478N114.2974E-CANARY"

// photo is a small JPEG whose camera wrote down where it was.
func photo(t testing.TB) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for i := range 40 {
		m.Set(i, i%30, color.RGBA{R: 200, A: 255})
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, m, nil); err != nil {
		t.Fatal(err)
	}
	note := append([]byte{0xff, 0xe1, 0, byte(len(whereItWasTaken) + 8)}, "Exif\x00\x00"+whereItWasTaken...)
	return append(append(bytes.Clone(file.Bytes()[:2]), note...), file.Bytes()[2:]...)
}

// held is a shift that is over.
func (w *town) held() app.ShiftView {
	w.t.Helper()
	shift := w.givenShift(nil)
	w.clock.SetTo(shift.EndsAt.Add(time.Hour))
	return shift
}

// coordinator returns a context on behalf of an officer of a region.
func (w *town) coordinator(regionPath string) context.Context {
	return auth.With(w.t.Context(), auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "coordinator", RegionPath: regionPath}}})
}

func (w *town) add(n app.NewPhoto) (domain.Photo, error) {
	return w.AddPhoto(w.as(w.leader), n, photo(w.t))
}

func (w *town) given(n app.NewPhoto) domain.Photo {
	w.t.Helper()
	n.ID = id.New()
	p, err := w.add(n)
	w.must(err)
	return p
}

func TestAddPhoto(t *testing.T) {
	t.Parallel()
	t.Run("everybody sees it and nobody learns where it was taken", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		p := w.given(app.NewPhoto{ShiftID: w.held().ID})
		for _, size := range []domain.PhotoSize{domain.PhotoDisplay, domain.PhotoThumbnail} {
			file, public, err := w.FindPhotoFile(t.Context(), p.ID, size)
			if err != nil || !public || bytes.Contains(file, []byte(whereItWasTaken)) || bytes.Contains(file, []byte("Exif")) {
				t.Errorf("%s: %d bytes, public %t, %v", size, len(file), public, err)
			}
		}
		var kept [][]byte
		w.must(w.db.Owner(t).Select(&kept, `SELECT bytes FROM photo_files`))
		for _, bytea := range kept {
			if bytes.Contains(bytea, []byte("CANARY")) {
				t.Error("the database holds the canary")
			}
		}
		if len(kept) != 2 {
			t.Errorf("%d sizes are kept", len(kept))
		}
	})
	t.Run("sent again on a weak network it is there once", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		n := app.NewPhoto{ID: id.New(), ShiftID: w.held().ID}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if p, err := w.add(n); err != nil || p.ID != n.ID {
					t.Errorf("photo %s, %v", p.ID, err)
				}
			})
		}
		wg.Wait()
		if _, err := w.add(app.NewPhoto{ID: n.ID, ShiftID: w.held().ID}); !errors.Is(err, domain.ErrPhotoIDTaken) {
			t.Errorf("of another shift: %v", err)
		}
		var rows int
		w.must(w.db.Owner(t).Get(&rows, `SELECT count(*) FROM photos`))
		if rows != 1 {
			t.Errorf("%d photos", rows)
		}
	})
	t.Run("never more than there may be, however many are sent at once", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		taskID := w.givenShift(nil).TaskID
		var (
			wg   sync.WaitGroup
			mu   sync.Mutex
			full int
		)
		for range domain.TaskPhotos + 2 {
			wg.Go(func() {
				if _, err := w.add(app.NewPhoto{ID: id.New(), TaskID: taskID}); err != nil {
					mu.Lock()
					full++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		task, err := w.FindTask(w.as(id.New()), taskID)
		if err != nil || len(task.Photos) != domain.TaskPhotos || full != 2 {
			t.Errorf("%d photos, %d refused, %v", len(task.Photos), full, err)
		}
	})
	t.Run("a draft's photo is for those who lead", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		task, err := w.CreateTask(w.as(w.leader), app.NewTask{TeamID: w.team, ProgrammeID: w.programme, Details: domain.Details{Title: "送温暖"}})
		w.must(err)
		p := w.given(app.NewPhoto{TaskID: task.ID})
		if _, public, err := w.FindPhotoFile(w.as(w.deputy), p.ID, domain.PhotoDisplay); err != nil || public {
			t.Errorf("the deputy: public %t, %v", public, err)
		}
		for name, ctx := range map[string]context.Context{"nobody": t.Context(), "a volunteer": w.as(id.New()), "an officer": w.coordinator("4106/")} {
			if _, _, err := w.FindPhotoFile(ctx, p.ID, domain.PhotoDisplay); !errors.Is(err, domain.ErrNoSuchPhoto) {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.DiscardDraft(w.as(w.leader), task.ID)) // and goes with it
		if _, _, err := w.FindPhotoFile(w.as(w.leader), p.ID, domain.PhotoDisplay); !errors.Is(err, domain.ErrNoSuchPhoto) {
			t.Errorf("thrown away: %v", err)
		}
	})
	t.Run("refusals", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.givenShift(nil)
		cases := map[string]struct {
			ctx  context.Context
			n    app.NewPhoto
			file []byte
			want error
		}{
			"nobody":              {t.Context(), app.NewPhoto{TaskID: shift.TaskID}, photo(t), auth.ErrSignedOut},
			"somebody else":       {w.as(id.New()), app.NewPhoto{TaskID: shift.TaskID}, photo(t), store.ErrNoSuchTask},
			"an officer":          {w.coordinator("4106/"), app.NewPhoto{ShiftID: shift.ID}, photo(t), domain.ErrNotPublished},
			"before it is over":   {w.as(w.leader), app.NewPhoto{ShiftID: shift.ID}, photo(t), domain.ErrRecordEarly},
			"what is no photo":    {w.as(w.leader), app.NewPhoto{TaskID: shift.TaskID}, []byte("ftypheic"), picture.ErrFormat},
			"no such activity":    {w.as(w.leader), app.NewPhoto{TaskID: id.New()}, photo(t), store.ErrNoSuchTask},
			"no such shift there": {w.as(w.leader), app.NewPhoto{ShiftID: id.New()}, photo(t), domain.ErrNotPublished},
		}
		for name, c := range cases {
			c.n.ID = id.New()
			if _, err := w.AddPhoto(c.ctx, c.n, c.file); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", name, err, c.want)
			}
		}
	})
}

func TestTakeDownPhoto(t *testing.T) {
	t.Parallel()
	t.Run("the office takes it down: it is gone, the leaders are told, and why is kept", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		shift := w.held()
		p := w.given(app.NewPhoto{ShiftID: shift.ID})
		before := len(w.told())
		w.must(w.TakeDownPhoto(w.coordinator("4106/410611/"), p.ID, "看得清孩子的脸"))
		w.must(w.TakeDownPhoto(w.coordinator("4106/"), p.ID, "再点一次"))
		if _, _, err := w.FindPhotoFile(w.as(w.leader), p.ID, domain.PhotoDisplay); !errors.Is(err, domain.ErrNoSuchPhoto) {
			t.Errorf("it can still be seen: %v", err)
		}
		var files int
		w.must(w.db.Owner(t).Get(&files, `SELECT count(*) FROM photo_files`))
		if told := w.told()[before:]; files != 0 || len(told) != 2 || told[0] != "tasks.v1.notice.due" {
			t.Errorf("%d files are kept, told %v", files, told)
		}
		seen, err := w.ListRecords(w.as(w.leader), domain.RecordFilter{ShiftID: shift.ID, Limit: 1})
		w.must(err)
		if r := seen.Records[0]; len(r.Photos) != 0 || len(r.TakenDown) != 1 || r.TakenDown[0].Reason != "看得清孩子的脸" {
			t.Errorf("the leader sees %+v", r)
		}
		if added, err := w.add(app.NewPhoto{ID: id.New(), ShiftID: shift.ID}); err != nil || added.Place != p.Place {
			t.Errorf("the next has place %d, %v", added.Place, err)
		}
	})
	t.Run("nobody else may, and not without a reason", func(t *testing.T) {
		t.Parallel()
		w := newTown(t)
		p := w.given(app.NewPhoto{ShiftID: w.held().ID})
		viewer := auth.With(t.Context(), auth.Principal{VolunteerID: id.New(), Grants: []auth.Grant{{Role: "viewer", RegionPath: "4106/"}}})
		for name, ctx := range map[string]context.Context{"a volunteer": w.as(id.New()), "a viewer": viewer, "another county": w.coordinator("4106/410621/")} {
			if err := w.TakeDownPhoto(ctx, p.ID, "不合适"); !errors.Is(err, domain.ErrNoSuchPhoto) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := w.TakeDownPhoto(w.as(w.leader), p.ID, "  "); err == nil {
			t.Error("taken down without a reason")
		}
	})
}
