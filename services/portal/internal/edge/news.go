package edge

import (
	"encoding/json"

	"github.com/qihe-volunteers/qihe/shared/bus"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
)

var ended, changed, proved = teamsv1.SessionRevoked{}.Subject(), teamsv1.GrantChanged{}.Subject(), teamsv1.SessionChanged{}.Subject()

// Follows returns what the portal hears of.
func Follows() []string { return []string{ended, changed, proved} }

// listen hears of sessions that ended or were proved anew, and of authority that changed.
func (e *Edge) listen(b *bus.Bus) error {
	following, err := b.Follow(Follows(), func(d bus.Delivery) {
		switch d.Subject {
		case ended:
			var event teamsv1.SessionRevoked
			e.onNews(json.Unmarshal(d.Data, &event), func(s session) bool { return s.SessionID == event.SessionID })
		case proved: // no stream hears of it: none shows what needs a second factor
			var event teamsv1.SessionChanged
			e.forgetNews(json.Unmarshal(d.Data, &event), func(s session) bool { return s.SessionID == event.SessionID })
		case changed:
			var event teamsv1.GrantChanged
			e.onNews(json.Unmarshal(d.Data, &event), func(s session) bool { return s.VolunteerID == event.VolunteerID })
		}
	})
	if err != nil {
		return err
	}
	e.sessions.period = following.Period
	return nil
}

// onNews forgets the sessions that match and ends their live streams. An event
// that cannot be read might be about anybody.
func (e *Edge) onNews(unreadable error, match func(session) bool) {
	e.streams.close(e.forgetNews(unreadable, match))
}

// forgetNews forgets the sessions that match, and returns what matches.
func (e *Edge) forgetNews(unreadable error, match func(session) bool) func(session) bool {
	if unreadable != nil {
		e.Log.Error("an event about sessions cannot be read; all are looked up again", "error", unreadable)
		match = func(session) bool { return true }
	}
	e.sessions.forget(match)
	return match
}
