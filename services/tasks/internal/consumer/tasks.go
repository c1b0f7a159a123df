package consumer

import (
	"encoding/json"
	"log/slog"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/app"
	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
)

// Follows returns what FollowTasks hears.
func Follows() []string {
	return []string{
		tasksv1.AttendanceChanged{}.Subject(), tasksv1.SignUpChanged{}.Subject(), tasksv1.ShiftConfirmed{}.Subject(),
		tasksv1.ShiftChanged{}.Subject(),
	}
}

// FollowTasks wakes the pages open at this replica when any replica has
// changed a shift. It listens only; a page that misses an event catches up at the next.
func FollowTasks(a *app.App, b *bus.Bus, log *slog.Logger) error {
	_, err := b.Follow(Follows(), func(d bus.Delivery) {
		var e struct {
			ShiftID string `json:"shift_id"`
		}
		if err := json.Unmarshal(d.Data, &e); err != nil {
			log.Warn("an event of our own cannot be read", "subject", d.Subject, "error", err)
			return
		}
		a.TouchShifts(e.ShiftID)
	})
	return err
}
