// Package picture makes of a file that somebody sent pictures that can be shown
// to others.
//
// Nothing of the file survives but what can be seen: it is decoded, turned the
// way its camera was held, scaled, and encoded anew as JPEG. Place, time, phone
// and owner, which cameras write into their files, are gone, whatever field
// they were hidden in.
//
// A file is not trusted either. Before anything is decoded its length, its
// pixels and the number of its scans are looked at: a few kilobytes can say
// that they are a picture of a hundred thousand by a hundred thousand, or ask
// for the same picture to be gone over a hundred thousand times.
package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	stddraw "image/draw"
	"image/jpeg"
	_ "image/png" // the other format that is read

	"golang.org/x/image/draw"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

const (
	// MaxBytes is the largest file. The page makes pictures smaller before it
	// sends them; this has room for whoever does not.
	MaxBytes = 4 << 20

	maxPixels   = 12_000_000 // of a phone's camera; 100 MB decoded at most
	maxSide     = 12_000
	maxScans    = 64 // of a progressive JPEG, which has about ten
	displaySide = 1280
	thumbSide   = 360
	scanSide    = 2000
)

// What can be wrong with a file.
var (
	ErrTooLarge = apperr.New(apperr.Invalid, "photo_too_large", "照片太大了（最大 4 MB、1200 万像素）。请在手机上缩小后再传。", "The photo is too large (4 MB and 12 million pixels at most). Please make it smaller and try again.")
	ErrFormat   = apperr.New(apperr.Invalid, "photo_format", "只收 JPEG 和 PNG 照片；HEIC（苹果手机原图）、WebP、GIF 和视频不收。请先截图或另存为 JPEG 再传。", "Only JPEG and PNG photos are taken; HEIC, WebP, GIF and films are not. Please save it as JPEG and try again.")
	ErrBroken   = apperr.New(apperr.Invalid, "photo_broken", "这张照片打不开，可能没有传完整。请再选一次。", "This photo cannot be read; it may not have come whole. Please choose it again.")
)

// Set is one picture in the sizes in which it is shown, both JPEG.
type Set struct {
	Display       []byte // at most 1280 pixels wide and high
	Thumbnail     []byte // at most 360
	Width, Height int    // of Display
}

// Make returns the sizes of the picture in a file, or ErrTooLarge, ErrFormat or
// ErrBroken. It takes up to a second of one processor and 100 MB: whoever calls
// it does so once at a time.
func Make(file []byte) (Set, error) {
	decoded, o, err := read(file)
	if err != nil {
		return Set{}, err
	}
	display := o.apply(scaled(decoded, displaySide))
	thumbnail := scaled(display, thumbSide)
	set := Set{Width: display.Bounds().Dx(), Height: display.Bounds().Dy()}
	if set.Display, err = encoded(display, 76); err != nil {
		return Set{}, err
	}
	set.Thumbnail, err = encoded(thumbnail, 74)
	return set, err
}

// Scan returns the picture of a sheet of paper in a file as JPEG, large enough
// for handwriting to be read: at most 2,000 pixels wide and high. Errors and cost
// are those of Make.
func Scan(file []byte) ([]byte, error) {
	decoded, o, err := read(file)
	if err != nil {
		return nil, err
	}
	return encoded(o.apply(scaled(decoded, scanSide)), 78)
}

// read decodes a file, after it has looked at what that would cost.
func read(file []byte) (image.Image, orientation, error) {
	if len(file) > MaxBytes {
		return nil, upright, ErrTooLarge
	}
	head, format, err := image.DecodeConfig(bytes.NewReader(file))
	switch {
	case err != nil:
		return nil, upright, ErrFormat
	case head.Width > maxSide || head.Height > maxSide || head.Width*head.Height > maxPixels:
		return nil, upright, ErrTooLarge
	case head.Width < 1 || head.Height < 1:
		return nil, upright, ErrBroken
	case format == "jpeg" && bytes.Count(file, []byte{0xff, 0xda}) > maxScans:
		return nil, upright, ErrBroken // no camera does that
	}
	decoded, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, upright, ErrBroken
	}
	o := upright
	if format == "jpeg" {
		o = orientationOf(file)
	}
	return decoded, o, nil
}

// scaled returns the picture on white, no longer than side in either direction.
func scaled(from image.Image, side int) *image.RGBA {
	b := from.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > side {
		w, h = max(1, w*side/long), max(1, h*side/long)
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	stddraw.Draw(to, to.Bounds(), image.NewUniform(color.White), image.Point{}, stddraw.Src)
	if w == b.Dx() && h == b.Dy() {
		stddraw.Draw(to, to.Bounds(), from, b.Min, stddraw.Over)
	} else {
		draw.BiLinear.Scale(to, to.Bounds(), from, b, draw.Over, nil)
	}
	return to
}

func encoded(m image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("encode a picture: %w", err)
	}
	return out.Bytes(), nil
}
