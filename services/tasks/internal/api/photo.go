package api

import (
	"bytes"
	"context"
	"io"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
)

// A photo never changes. What is taken down is in no list any more; a phone
// that has seen it may keep it for a week.
const (
	cacheForAll  = "public, max-age=604800, immutable"
	cacheForNone = "no-store"
)

// CreatePhoto is POST /photos.
func (h *api) CreatePhoto(ctx context.Context, r gen.CreatePhotoRequestObject) (gen.CreatePhotoResponseObject, error) {
	file, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	photo, err := h.app.AddPhoto(ctx, app.NewPhoto{ID: r.Params.PhotoID, TaskID: r.Params.TaskID, ShiftID: r.Params.ShiftID}, file)
	if err != nil {
		return nil, err
	}
	return gen.CreatePhoto201JSONResponse(photosOf([]domain.Photo{photo})[0]), nil
}

// GetPhoto is GET /photos/{photo_id}/{size}.
func (h *api) GetPhoto(ctx context.Context, r gen.GetPhotoRequestObject) (gen.GetPhotoResponseObject, error) {
	file, public, err := h.app.FindPhotoFile(ctx, r.PhotoID, domain.PhotoSize(r.Size))
	if err != nil {
		return nil, err
	}
	cache := cacheForNone
	if public {
		cache = cacheForAll
	}
	return gen.GetPhoto200ImageJpegResponse{
		Body: bytes.NewReader(file), ContentLength: int64(len(file)), Headers: gen.GetPhoto200ResponseHeaders{CacheControl: cache},
	}, nil
}

// TakeDownPhoto is POST /photos/{photo_id}/take-down.
func (h *api) TakeDownPhoto(ctx context.Context, r gen.TakeDownPhotoRequestObject) (gen.TakeDownPhotoResponseObject, error) {
	if err := h.app.TakeDownPhoto(ctx, r.PhotoID, r.Body.Reason); err != nil {
		return nil, err
	}
	return gen.TakeDownPhoto204Response{}, nil
}

func photosOf(photos []domain.Photo) []gen.Photo {
	all := []gen.Photo{}
	for _, p := range photos {
		all = append(all, gen.Photo{PhotoID: p.ID, Width: p.Width, Height: p.Height})
	}
	return all
}
