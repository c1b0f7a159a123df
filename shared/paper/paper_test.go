package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/skip2/go-qrcode"
)

func newSheet(t *testing.T) *Sheet {
	t.Helper()
	s, err := New("试", A4Width, A4Height)
	if err != nil {
		t.Fatalf("%v. Type: make font", err)
	}
	s.Page()
	return s
}

func bytesOf(t *testing.T, s *Sheet) []byte {
	t.Helper()
	data, err := s.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestText(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"rare characters of names":             "李𬭚 王𫖯 〇 丂 㑇",
		"characters that the font has not":     "\U00020BB7田 \U0002B820 😀 ก \U0010FFFD",
		"what no name holds":                   "a\x00b\tc\u200b\u202e\xff\xfe",
		"nothing":                              "",
		"a name of forty letters with a dot":   strings.Repeat("阿卜杜热合曼·", 6),
		"private use, surrogates' replacement": "\ue000\ufffd\ufffe\uffff",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSheet(t)
			s.Text(Words{X: 10, Y: 10, Width: 40, Size: 20, Least: 8, Lines: 2, Align: Centre, Bold: true}, text)
			if data := bytesOf(t, s); !bytes.HasPrefix(data, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(data), []byte("%%EOF")) {
				t.Error("this is no PDF")
			}
		})
	}
	t.Run("no character of the first plane stops a page", func(t *testing.T) {
		t.Parallel()
		s := newSheet(t)
		for from := rune(0); from < 0x10000; from += 0x100 {
			var some strings.Builder
			for r := from; r < from+0x100; r++ {
				some.WriteRune(r)
			}
			s.measure(printable(some.String()), 10)
		}
		if s.err != nil {
			t.Error(s.err)
		}
	})
}

func TestFit(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		words Words
		text  string
		lines []string
		size  float64
	}{
		"a short text keeps its size":          {Words{Width: 40, Size: 20, Least: 10}, "王桂兰", []string{"王桂兰"}, 20},
		"a longer one gets smaller first":      {Words{Width: 40, Size: 20, Least: 10}, "阿卜杜热合曼", []string{"阿卜杜热合曼"}, 18.5},
		"then it takes the lines it may":       {Words{Width: 20, Size: 10, Least: 10, Lines: 2}, "浚县善堂镇巾帼", []string{"浚县善堂", "镇巾帼"}, 10},
		"and what has no room is cut with …":   {Words{Width: 20, Size: 10, Lines: 2}, "浚县善堂镇巾帼志愿服务队第二分队", []string{"浚县善堂镇", "巾帼志愿…"}, 10},
		"a line less is worth a little size":   {Words{Width: 20, Size: 10, Least: 6, Lines: 2}, "浚县善堂镇巾", []string{"浚县善堂镇巾"}, 9},
		"lines come before the smallest type":  {Words{Width: 20, Size: 10, Least: 4, Lines: 2}, "浚县善堂镇巾帼志", []string{"浚县善堂", "镇巾帼志"}, 10},
		"one character is drawn however thin":  {Words{Width: 1, Size: 10}, "王", []string{"王"}, 10},
		"a character the font has not, a box":  {Words{Width: 40, Size: 10}, "\U00020BB7田", []string{"\U00020BB7田"}, 10},
		"white space of any kind is one space": {Words{Width: 40, Size: 10}, "a\u3000b\n", []string{"a b "}, 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSheet(t)
			lines, size := s.fit(c.words, printable(c.text))
			if diff := cmp.Diff(c.lines, lines); diff != "" || size != c.size {
				t.Errorf("size %g, want %g; %s", size, c.size, diff)
			}
		})
	}
}

var (
	stream  = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
	polygon = regexp.MustCompile(`([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l ([\d.]+) ([\d.]+) l`)
)

// The drawn boxes are read back out of the page, and must be the code's modules.
func TestQR(t *testing.T) {
	t.Parallel()
	const text, side = "https://qihe.example/k/8Jb2kq0yV1xZ3nLw", 30.0
	s := newSheet(t)
	s.QR(20, 40, side, text)
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		t.Fatal(err)
	}
	want := code.Bitmap()
	got := make([][]bool, len(want))
	for i := range got {
		got[i] = make([]bool, len(want))
	}
	one := side / float64(len(want)) / point
	for i, box := range polygon.FindAllStringSubmatch(drawn(t, bytesOf(t, s)), -1) {
		var x0, y0, x1 float64
		_, _ = fmt.Sscan(box[1]+" "+box[2]+" "+box[3], &x0, &y0, &x1)
		if i == 0 {
			continue // the white ground
		}
		row := int((A4Height/point-y0-40/point)/one + 0.5)
		for column := int((x0-20/point)/one + 0.5); column < int((x1-20/point)/one+0.5); column++ {
			got[row][column] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	t.Run("a text that no code can hold is told at the end", func(t *testing.T) {
		t.Parallel()
		s := newSheet(t)
		s.QR(0, 0, 10, strings.Repeat("x", 5000))
		if _, err := s.Bytes(); err == nil {
			t.Error("nothing went wrong")
		}
	})
}

// drawn returns what the pages draw, in the words of PDF.
func drawn(t *testing.T, pdf []byte) string {
	t.Helper()
	var all strings.Builder
	for _, found := range stream.FindAllSubmatch(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(found[1]))
		if err != nil {
			continue // not packed: no page
		}
		text, _ := io.ReadAll(r)
		all.Write(text)
	}
	return all.String()
}
