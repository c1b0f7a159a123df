package app

import (
	"context"
	"errors"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/outbox"
	"github.com/qihe-volunteers/qihe/shared/picture"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// photosWaiting is how many may wait while somebody's photo is being made: with
// up to a second for each, nobody waits longer than a page is patient.
const photosWaiting = 8

// NewPhoto says what a photo is of: a task, or the record of a shift.
type NewPhoto struct {
	ID              string // made by the phone; sending it again is harmless
	TaskID, ShiftID string // one of them
}

// AddPhoto makes a photo of a file and adds it. It is for those who lead the
// team; others get NotFound. The file is decoded one at a time in a process,
// outside any transaction, after it is known that the photo may be added.
func (a *App) AddPhoto(ctx context.Context, n NewPhoto, file []byte) (domain.Photo, error) {
	if (n.TaskID == "") == (n.ShiftID == "") {
		return domain.Photo{}, apperr.For("task_id", domain.ErrPhotoOfWhat)
	}
	var (
		photo domain.Photo
		added bool
	)
	err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		photo, added, err = a.placePhoto(ctx, q, n, false)
		return err
	})
	if err != nil || added {
		return photo, err
	}
	done, err := a.pictures.take(ctx)
	if err != nil {
		return domain.Photo{}, err
	}
	set, err := picture.Make(file)
	done()
	if err != nil {
		return domain.Photo{}, err
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) (err error) {
		if photo, added, err = a.placePhoto(ctx, q, n, true); err != nil || added {
			return err
		}
		photo.Width, photo.Height = set.Width, set.Height
		if err := store.InsertPhoto(ctx, q, photo); err != nil {
			return err
		}
		return store.InsertPhotoFiles(ctx, q, photo.ID, set.Display, set.Thumbnail)
	})
	return photo, err
}

// placePhoto returns the photo as it is to be added, or as it was: added then is
// true. With write it holds the task, and begins the record that the photo belongs to.
func (a *App) placePhoto(ctx context.Context, q postgres.Querier, n NewPhoto, write bool) (p domain.Photo, added bool, err error) {
	reader, err := a.crewOf(ctx, q)
	if err != nil {
		return p, false, err
	}
	taskID, notYours, most := n.TaskID, store.ErrNoSuchTask, domain.TaskPhotos
	var shift domain.Listing
	if n.ShiftID != "" {
		if shift, err = store.FindListing(ctx, q, n.ShiftID); err != nil {
			return p, false, err
		}
		taskID, notYours, most = shift.TaskID, domain.ErrNotPublished, domain.RecordPhotos
	}
	find := store.FindTask
	if write {
		find = store.LockTask // photos of one task are added one after another
	}
	task, err := find(ctx, q, taskID)
	if err == nil && !reader.leads(task.TeamID) {
		err = notYours
	}
	if err != nil {
		return p, false, err
	}
	known, err := store.FindPhoto(ctx, q, n.ID)
	switch {
	case err == nil && (known.TaskID != taskID || known.ShiftID != n.ShiftID):
		return p, false, domain.ErrPhotoIDTaken
	case err == nil:
		return known, true, nil
	case !errors.Is(err, domain.ErrNoSuchPhoto):
		return p, false, err
	}
	if n.ShiftID != "" {
		if err := shift.Records(a.clock.Now()); err != nil {
			return p, false, err
		}
		if write {
			if err := store.InsertRecord(ctx, q, shift, reader.VolunteerID, a.clock.Now()); err != nil {
				return p, false, err
			}
		}
	}
	p = domain.Photo{ID: n.ID, TaskID: taskID, ShiftID: n.ShiftID, AddedBy: reader.VolunteerID, AddedAt: a.clock.Now(), TeamID: task.TeamID}
	p.Place, err = freePlace(ctx, q, p, most)
	return p, false, err
}

func freePlace(ctx context.Context, q postgres.Querier, p domain.Photo, most int) (int, error) {
	photos, err := photosBeside(ctx, q, p)
	if err != nil {
		return 0, err
	}
	return domain.FreePlace(photos, most)
}

func photosBeside(ctx context.Context, q postgres.Querier, p domain.Photo) ([]domain.Photo, error) {
	if p.ShiftID != "" {
		return store.ListShiftPhotos(ctx, q, []string{p.ShiftID})
	}
	return store.ListTaskPhotos(ctx, q, p.TaskID)
}

// FindPhotoFile returns a photo as JPEG, and whether anybody may see it. A
// draft's is for those who lead the team; others get NotFound, as all do once
// it is taken down.
func (a *App) FindPhotoFile(ctx context.Context, photoID string, size domain.PhotoSize) (file []byte, public bool, err error) {
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		photo, err := store.FindPhoto(ctx, q, photoID)
		if err != nil {
			return err
		}
		public = photo.TaskState != domain.TaskDraft
		if !public {
			reader, err := a.anybody(ctx, q)
			if err != nil {
				return err
			}
			if !reader.leads(photo.TeamID) {
				return domain.ErrNoSuchPhoto
			}
		}
		file, err = store.FindPhotoFile(ctx, q, photoID, size)
		return err
	})
	return file, public, err
}

// TakeDownPhoto takes a photo away from everybody's sight: its bytes are
// deleted; who did it, when and why stays. It is for those who lead the team,
// and for coordinators and administrators of its region, of whom the leaders are
// told; others get NotFound.
func (a *App) TakeDownPhoto(ctx context.Context, photoID, reason string) error {
	type request struct{ PhotoID, Reason string }
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "take_down_photo", request{photoID, reason}, func(q postgres.Querier) (struct{}, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return struct{}{}, err
		}
		photo, err := store.LockPhoto(ctx, q, photoID)
		if err == nil && !reader.mayTakeDown(photo.TeamID, photo.RegionPath, photo.TaskState) {
			err = domain.ErrNoSuchPhoto
		}
		if err != nil {
			return struct{}{}, err
		}
		changed, err := photo.TakeDown(reader.VolunteerID, reason, a.clock.Now())
		if err != nil || !changed {
			return struct{}{}, err
		}
		if err := store.UpdatePhoto(ctx, q, photo); err != nil {
			return struct{}{}, err
		}
		if err := store.DeletePhotoFiles(ctx, q, photoID); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, a.tellOfTakenDown(ctx, q, reader, photo)
	})
	return err
}

// tellOfTakenDown tells those who lead the team that their office took a photo down, and why.
func (a *App) tellOfTakenDown(ctx context.Context, q postgres.Querier, reader crew, photo domain.Photo) error {
	if reader.leads(photo.TeamID) {
		return nil
	}
	leaders, err := othersWhoLead(ctx, q, photo.TeamID, reader.self)
	if err != nil || len(leaders) == 0 {
		return err
	}
	filter := domain.ListingFilter{TaskID: photo.TaskID, Limit: 1}
	if photo.ShiftID != "" {
		filter = domain.ListingFilter{IDs: []string{photo.ShiftID}}
	}
	about, err := store.ListListings(ctx, q, filter)
	if err != nil || len(about) == 0 {
		return err
	}
	now := a.clock.Now()
	return outbox.Append(ctx, q, now, news(tasksv1.NoticePhotoTakenDown, about[0], now, map[string]string{"reason": photo.Reason}, leaders...)...)
}
