package main

import (
	"strings"
	"testing"
)

func TestBar(t *testing.T) {
	t.Parallel()
	run := func(terminal bool) string {
		var out strings.Builder
		b := bar{w: &out, terminal: terminal}
		for percent := 1; percent <= 100; percent++ {
			b.draw(percent, "活动 tasks")
		}
		return out.String()
	}
	t.Run("on a terminal it is one line, drawn again", func(t *testing.T) {
		t.Parallel()
		text := run(true)
		if strings.Count(text, "\n") != 1 || strings.Count(text, "\r") != 100 || !strings.HasSuffix(text, "[########################] 100 %  活动 tasks\n") {
			t.Errorf("drawn: %q", text)
		}
	})
	t.Run("elsewhere it is a few plain lines", func(t *testing.T) {
		t.Parallel()
		want := " 20 %  活动 tasks\n 40 %  活动 tasks\n 60 %  活动 tasks\n 80 %  活动 tasks\n100 %  活动 tasks\n"
		if text := run(false); text != want {
			t.Errorf("written: %q", text)
		}
	})
}
