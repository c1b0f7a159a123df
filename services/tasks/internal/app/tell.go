package app

import (
	"maps"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
)

// news returns what each of these people is to be told about a shift, for the
// outbox of the transaction that makes it true. more are words that the kind
// has beside those of the shift, or nil; people stand in them by id. A new kind
// is a constant in tasksv1 and a sentence in teams.
func news(kind tasksv1.NoticeKind, l domain.Listing, now time.Time, more map[string]string, volunteerIDs ...string) []outbox.Event {
	words := map[string]string{
		"task": l.Title, "task_id": l.TaskID, "shift_id": l.ID, "start": l.StartsAt.UTC().Format(time.RFC3339), "place": l.Place,
	}
	maps.Copy(words, more)
	events := make([]outbox.Event, len(volunteerIDs))
	for i, volunteerID := range volunteerIDs {
		events[i] = tasksv1.NoticeDue{NoticeID: id.New(), Kind: kind, VolunteerID: volunteerID, ShiftID: l.ID, Words: words, DueAt: now}
	}
	return events
}
