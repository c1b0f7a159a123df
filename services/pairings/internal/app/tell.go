package app

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/contract/pairingsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/outbox"
)

// subject is what a notice is about; never a child or a family.
type subject struct{ kind, id string }

// news returns what each of these people is to be told, for the outbox of the
// transaction that makes it true. words are what the kind's sentence needs; people
// stand in them by id, children not at all. A new kind is a constant in pairingsv1
// and a sentence in teams.
func news(kind pairingsv1.NoticeKind, about subject, now time.Time, words map[string]string, volunteerIDs ...string) []outbox.Event {
	events := make([]outbox.Event, len(volunteerIDs))
	for i, volunteerID := range volunteerIDs {
		events[i] = pairingsv1.NoticeDue{
			NoticeID: id.New(), Kind: kind, VolunteerID: volunteerID, SubjectKind: about.kind, SubjectID: about.id, Words: words, DueAt: now,
		}
	}
	return events
}

// firstWithout returns the first of these people, each once, but some.
func firstWithout(ids []string, most int, without ...string) (first []string) {
	left := map[string]bool{"": true}
	for _, one := range without {
		left[one] = true
	}
	for _, one := range ids {
		if !left[one] && len(first) < most {
			first, left[one] = append(first, one), true
		}
	}
	return first
}
