package domain

import (
	"strconv"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

const (
	// TaskPhotos is how many photos a task may show.
	TaskPhotos = 3
	// RecordPhotos is how many the record of a shift may have.
	RecordPhotos = 9
)

// PhotoSize says for what a photo was made.
type PhotoSize string

// The sizes.
const (
	PhotoDisplay   PhotoSize = "display"
	PhotoThumbnail PhotoSize = "thumbnail"
)

// Photo is a picture of a task, or of what came of one of its shifts. No child
// can be recognised on it, and nobody who does not want to be: that is asked of
// whoever adds it, and what slips through is taken down.
type Photo struct {
	ID            string // made by the phone
	TaskID        string
	ShiftID       string // empty: of the task itself
	Place         int    // among the photos of the same, from 1
	Width, Height int    // of the display size, in pixels
	AddedBy       string
	AddedAt       time.Time
	TakenDownBy   string
	TakenDownAt   time.Time // zero while it is shown
	Reason        string    // why it was taken down

	TeamID, RegionPath string    // of the task's team
	TaskState          TaskState // a draft's photo is seen by its leaders only
}

// What can be wrong with a photo.
var (
	ErrNoSuchPhoto  = apperr.New(apperr.NotFound, "no_such_photo", "没有这张照片，可能已经撤下。", "There is no such photo; it may have been taken down.")
	ErrPhotosFull   = apperr.New(apperr.Conflict, "photos_full", "照片最多 {n} 张，已经满了。请先撤下一张再加。", "There may be {n} photos at most; please take one down first.")
	ErrPhotoOfWhat  = apperr.New(apperr.Invalid, "photo_of_what", "请说明照片是活动的，还是某一场的活动记录。", "Please say whether the photo is of the activity or of one shift's record.")
	ErrPhotoIDTaken = apperr.New(apperr.Conflict, "photo_id_taken", "这张照片已经传到别的活动了，请重新选一次。", "This photo was sent to another activity; please choose it again.")
)

// FreePlace returns the first place that no photo holds, or ErrPhotosFull. Photos that
// were taken down hold none.
func FreePlace(photos []Photo, most int) (int, error) {
	held := map[int]bool{}
	for _, p := range photos {
		if p.TakenDownAt.IsZero() {
			held[p.Place] = true
		}
	}
	for place := 1; place <= most; place++ {
		if !held[place] {
			return place, nil
		}
	}
	return 0, ErrPhotosFull.With("n", strconv.Itoa(most))
}

// TakeDown takes the photo away from everybody's sight. Twice changes nothing.
func (p *Photo) TakeDown(by, reason string, now time.Time) (changed bool, err error) {
	reason = strings.TrimSpace(reason)
	switch {
	case !p.TakenDownAt.IsZero():
		return false, nil
	case reason == "":
		return false, apperr.For("reason", ErrReasonMissing)
	}
	p.TakenDownBy, p.TakenDownAt, p.Reason = by, now, reason
	return true, nil
}
