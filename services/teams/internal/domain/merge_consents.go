package domain

import (
	"cmp"
	"slices"
	"time"
)

// MergeConsents returns what is to be added to what was said under two records
// of one person so that the stricter word wins: a no in either record holds,
// whichever was said later, until the person says yes again. Silence is no
// answer and takes nothing back. Of a minor only the guardian's yes counts.
func MergeConsents(survivor Volunteer, kept, gone []Consent, texts []ConsentText, newID func() string, by string, now time.Time) []Consent {
	both := InOrder(kept, gone)
	var added []Consent
	for _, purpose := range Purposes {
		last, said := lastOf(both, purpose)
		if !said || !last.Given {
			continue
		}
		ofKept, _ := StateOf(kept, texts, purpose, now)
		ofGone, _ := StateOf(gone, texts, purpose, now)
		refused := ofKept == ConsentWithdrawn || ofGone == ConsentWithdrawn
		if refused || survivor.MinorAt(now) && last.SaidBy != SaidByGuardian {
			no := last.Withdrawal(newID(), by, now)
			no.VolunteerID, no.SaidBy = survivor.ID, SaidByMerging
			added = append(added, no)
		}
	}
	return added
}

// EndGuardiansWord returns the noes by which what a guardian agreed to ends: the
// minor comes of age, or the guardian takes everything back.
func EndGuardiansWord(said []Consent, newID func() string, now time.Time) []Consent {
	var ended []Consent
	for _, purpose := range Purposes {
		if last, any := lastOf(said, purpose); any && last.Given && last.SaidBy == SaidByGuardian {
			no := last.Withdrawal(newID(), "", now)
			no.SaidBy = SaidByGuardian
			ended = append(ended, no)
		}
	}
	return ended
}

// InOrder returns what was said under several records as one history, oldest first.
func InOrder(histories ...[]Consent) []Consent {
	return slices.SortedFunc(slices.Values(slices.Concat(histories...)), func(a, b Consent) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
}

func lastOf(said []Consent, purpose Purpose) (last Consent, any bool) {
	for _, c := range said {
		if c.Purpose == purpose {
			last, any = c, true
		}
	}
	return last, any
}
