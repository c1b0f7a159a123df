package picture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/picture"
)

// canary is what must never come out again.
const canary = "GPS35.7478N114.2974E-CANARY"

// scene is a picture with a red corner at the top left and blue elsewhere.
func scene(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{B: 200, A: 255}
			if x < w/4 && y < h/4 {
				c = color.RGBA{R: 220, A: 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// photo is a JPEG as a phone writes it: with an orientation, and with a place
// in Exif, in XMP and in a comment.
func photo(t testing.TB, m image.Image, orientation uint16) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, m, nil); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02")
	exif = append(exif, 0x01, 0x0f, 0, 2, 0, 0, 0, 27, 0, 0, 0, 38) // make: the canary
	exif = append(exif, 0x01, 0x12, 0, 3, 0, 0, 0, 1, byte(orientation>>8), byte(orientation), 0, 0, 0, 0, 0, 0)
	exif = append(exif, canary...)
	out := bytes.NewBuffer(plain.Bytes()[:2:2])
	for kind, block := range map[byte][]byte{0xe1: exif, 0xe2: []byte("xmp " + canary), 0xfe: []byte(canary)} {
		out.Write([]byte{0xff, kind})
		_ = binary.Write(out, binary.BigEndian, uint16(len(block)+2))
		out.Write(block)
	}
	out.Write(plain.Bytes()[2:])
	out.WriteString(canary) // and behind the picture's end
	return out.Bytes()
}

func isRed(c color.Color) bool {
	r, _, b, _ := c.RGBA()
	return r > 0x9000 && b < 0x6000
}

func TestMake(t *testing.T) {
	t.Parallel()
	t.Run("nothing of the file but its picture comes out", func(t *testing.T) {
		t.Parallel()
		file := photo(t, scene(400, 300), 1)
		if !bytes.Contains(file, []byte(canary)) {
			t.Fatal("the file holds no canary: the test proves nothing")
		}
		set, err := picture.Make(file)
		if err != nil {
			t.Fatal(err)
		}
		for name, made := range map[string][]byte{"display": set.Display, "thumbnail": set.Thumbnail} {
			for _, trace := range []string{canary, "Exif", "xmp", "GPS"} {
				if bytes.Contains(made, []byte(trace)) {
					t.Errorf("the %s holds %q", name, trace)
				}
			}
		}
	})
	t.Run("every way a camera can be held is set upright", func(t *testing.T) {
		t.Parallel()
		// Where the red corner of a picture that lies as o says belongs.
		corners := map[uint16][2]float64{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}, 9: {0, 0}, 0: {0, 0}}
		for o, corner := range corners {
			set, err := picture.Make(photo(t, scene(400, 200), o))
			if err != nil {
				t.Fatal(err)
			}
			m, err := jpeg.Decode(bytes.NewReader(set.Display))
			if err != nil {
				t.Fatal(err)
			}
			b := m.Bounds()
			if lying := o >= 5 && o <= 8; lying != (b.Dy() > b.Dx()) || b.Dx() != set.Width || b.Dy() != set.Height {
				t.Errorf("orientation %d is %v and says %dx%d", o, b, set.Width, set.Height)
			}
			x, y := 10+int(corner[0]*float64(b.Dx()-20)), 10+int(corner[1]*float64(b.Dy()-20))
			if !isRed(m.At(x, y)) {
				t.Errorf("orientation %d: %v at %d,%d is not red", o, m.At(x, y), x, y)
			}
		}
	})
	t.Run("a large picture becomes one for display and a small one", func(t *testing.T) {
		t.Parallel()
		set, err := picture.Make(photo(t, scene(2400, 1800), 1))
		if err != nil {
			t.Fatal(err)
		}
		small, err := jpeg.DecodeConfig(bytes.NewReader(set.Thumbnail))
		if err != nil || set.Width != 1280 || set.Height != 960 || small.Width != 360 {
			t.Errorf("%dx%d and %dx%d, %v", set.Width, set.Height, small.Width, small.Height, err)
		}
	})
	t.Run("what is clear in a PNG becomes white", func(t *testing.T) {
		t.Parallel()
		var file bytes.Buffer
		if err := png.Encode(&file, image.NewNRGBA(image.Rect(0, 0, 20, 1))); err != nil {
			t.Fatal(err)
		}
		set, err := picture.Make(file.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(set.Display))
		if err != nil {
			t.Fatal(err)
		}
		if r, g, b, _ := m.At(5, 0).RGBA(); min(r, g, b) < 0xf000 {
			t.Errorf("it is %v", m.At(5, 0))
		}
	})
}

func TestMakeRefuses(t *testing.T) {
	t.Parallel()
	whole := photo(t, scene(300, 200), 1)
	huge := bytes.Clone(whole) // it says in its head that it is 60,000 by 60,000
	at := bytes.Index(huge, []byte{0xff, 0xc0})
	copy(huge[at+5:], []byte{0xea, 0x60, 0xea, 0x60})
	cases := map[string]struct {
		file []byte
		want error
	}{
		"nothing":                                 {nil, picture.ErrFormat},
		"an original of an iPhone":                {[]byte("\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic"), picture.ErrFormat},
		"a WebP":                                  {[]byte("RIFF\x24\x00\x00\x00WEBPVP8 "), picture.ErrFormat},
		"a page":                                  {[]byte("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), picture.ErrFormat},
		"a file above four megabytes":             {append(bytes.Clone(whole), make([]byte, picture.MaxBytes)...), picture.ErrTooLarge},
		"a bomb of 3.6 thousand million pixels":   {huge, picture.ErrTooLarge},
		"what was cut off on the way":             {whole[:len(whole)-600], picture.ErrBroken},
		"a picture that is to be gone over a lot": {append(bytes.Clone(whole), strings.Repeat("\xff\xda", 100)...), picture.ErrBroken},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := picture.Make(c.file); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func FuzzMake(f *testing.F) {
	f.Add(photo(f, scene(8, 8), 6))
	f.Fuzz(func(t *testing.T, file []byte) {
		set, err := picture.Make(file)
		if err == nil && (len(set.Display) == 0 || set.Width > 1280 || set.Height > 1280) {
			t.Errorf("%d bytes, %dx%d", len(set.Display), set.Width, set.Height)
		}
	})
}

// BenchmarkMake is the work of one photo of a phone, shrunk by the page and not.
func BenchmarkMake(b *testing.B) {
	for name, m := range map[string]image.Image{"shrunk by the page": scene(1600, 1200), "as taken": scene(4000, 3000)} {
		file := photo(b, m, 6)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := picture.Make(file); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
