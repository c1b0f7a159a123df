package roster

import (
	"strings"
	"testing"

	"github.com/qihe-volunteers/qihe/shared/spreadsheet"
)

func FuzzGather(f *testing.F) {
	f.Add([]byte("姓名,电话\n王桂兰,13803920001\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := spreadsheet.Open("x", data)
		if err != nil {
			return
		}
		if r, err := Gather(book, Options{Places: NewPlaces(nil), Keys: Keys{Phone: strings.Clone, ID: strings.Clone}, Now: now}); err == nil {
			r.Report(r.Judge(Known{}))
		}
	})
}
