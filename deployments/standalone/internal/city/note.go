package city

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/demo"
	"github.com/qihe-volunteers/qihe/shared/wholefile"
)

// note is what the data folder says about itself.
type note struct {
	Ready    bool           `json:"ready"`    // false: the first start was interrupted
	Shift    time.Duration  `json:"shift"`    // how far the city's clock is from the computer's
	Accounts []demo.Account `json:"accounts"` // of the demo city; their phones exist nowhere else
}

const noteName = "city.json"

// readNote returns what the folder says, and clears away what an interrupted
// first start has left. The zero note means a new folder.
func (r *Running) readNote() (note, error) {
	var n note
	text, err := os.ReadFile(r.folder.Join(noteName))
	if errors.Is(err, fs.ErrNotExist) {
		return n, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &n)
	}
	if err != nil {
		return n, fmt.Errorf("read %s: %w", r.folder.Join(noteName), err)
	}
	if n.Ready {
		return n, nil
	}
	r.options.Say("上次首次启动没有完成，重新开始。 The first start was interrupted; beginning again.")
	return note{}, errors.Join(os.RemoveAll(r.folder.Join("postgres")), os.RemoveAll(r.folder.Join("nats")))
}

// writeNote replaces the note as a whole.
func (r *Running) writeNote(n note) error {
	text, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", noteName, err)
	}
	return wholefile.Write(r.folder.Join(noteName), append(text, '\n'))
}

// setClock lets the wanted day be today in the city, or goes on with the time
// the folder was last used with.
func (r *Running) setClock(n note) {
	if r.options.Day.IsZero() {
		r.Clock.Leap(n.Shift)
		return
	}
	now := time.Now().In(clock.City)
	y, m, d := r.options.Day.In(clock.City).Date()
	r.Clock.SetTo(time.Date(y, m, d, now.Hour(), now.Minute(), now.Second(), now.Nanosecond(), clock.City))
}

// shift is how far the city's clock is from the computer's, to the second.
func (r *Running) shift() time.Duration { return time.Until(r.Clock.Now()).Round(time.Second) }
