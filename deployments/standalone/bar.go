package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// bar shows how far a long start has come: on a terminal one line that is drawn
// again and again, elsewhere a line now and then.
type bar struct {
	w        io.Writer
	terminal bool
	told     int // percent, when it is no terminal
}

func newBar(f *os.File) *bar {
	info, err := f.Stat()
	return &bar{w: f, terminal: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

const (
	cells   = 24
	tellAll = 20 // percent between two lines
)

func (b *bar) draw(percent int, doing string) {
	if !b.terminal {
		if percent == 100 || percent >= b.told+tellAll {
			b.told = percent
			_, _ = fmt.Fprintf(b.w, "%3d %%  %s\n", percent, doing)
		}
		return
	}
	full := percent * cells / 100
	_, _ = fmt.Fprintf(b.w, "\r\x1b[K[%s%s] %3d %%  %s", strings.Repeat("#", full), strings.Repeat(".", cells-full), percent, doing)
	if percent == 100 {
		_, _ = fmt.Fprintln(b.w)
	}
}
