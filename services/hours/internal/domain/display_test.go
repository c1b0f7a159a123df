package domain

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestDisplay(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, time.November, 24, 12, 0, 0, 0, clock.City)
	d, key, err := NewDisplay("4106/", " 一楼大厅 ", 30, "o", noon)
	if err != nil || d.Label != "一楼大厅" || len(key) != 16 {
		t.Fatalf("%+v, %q, %v", d, key, err)
	}
	t.Run("it is good until its day or its end", func(t *testing.T) {
		t.Parallel()
		ended := d
		ended.EndedAt = noon
		if !d.Good(noon) || !d.Good(noon.AddDate(0, 0, 30).Add(-time.Second)) || d.Good(noon.AddDate(0, 0, 30)) || ended.Good(noon) {
			t.Error("good when it should not be, or not when it should")
		}
	})
	t.Run("its key is read however it is typed, and not with a wrong letter", func(t *testing.T) {
		t.Parallel()
		typed := strings.ToLower(key[:4]) + " " + key[4:8] + "-" + key[8:]
		if hash, ok := ReadDisplayKey(typed); !ok || !bytes.Equal(hash, d.Hash) {
			t.Errorf("%q is not read as %q", typed, key)
		}
		wrong := "A" + key[1:]
		if key[0] == 'A' {
			wrong = "B" + key[1:]
		}
		for _, none := range []string{"", wrong, key + "2", key[1:]} {
			if _, ok := ReadDisplayKey(none); ok {
				t.Errorf("%q passes for a key", none)
			}
		}
	})
	t.Run("it needs a place and at most a year", func(t *testing.T) {
		t.Parallel()
		for _, bad := range []struct {
			label string
			days  int
		}{{"", 30}, {strings.Repeat("大", 41), 30}, {"大厅", 0}, {"大厅", 367}} {
			if _, _, err := NewDisplay("4106/", bad.label, bad.days, "o", noon); err == nil {
				t.Errorf("%+v is allowed", bad)
			}
		}
	})
}
