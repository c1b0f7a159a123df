package domain

// Sign is something that speaks for, or against, two records being one person's.
type Sign string

// The signs. Those from SignPhonesDiffer on speak against it; two different
// papers decide it (ErrTwoPeople).
const (
	SignSameName     Sign = "same_name"
	SignSoundsAlike  Sign = "sounds_alike" // by the first letters of the pinyin
	SignSameTeam     Sign = "same_team"
	SignSameHome     Sign = "same_home"
	SignPhoneAlike   Sign = "phone_alike"   // one digit apart
	SignSameBirthday Sign = "same_birthday" // by both papers
	SignOneUnclaimed Sign = "one_unclaimed" // made by a roster or a leader, beside one that somebody signs in to

	SignPhonesDiffer Sign = "phones_differ"
	SignSexesDiffer  Sign = "sexes_differ"
	SignPapersDiffer Sign = "papers_differ"
)

// Alike returns what speaks for two records of one name, or of names that sound
// alike, being one person's, then what speaks against it. sameTeam says whether
// they share a brigade.
func (v Volunteer) Alike(other Volunteer, sameTeam bool) []Sign {
	var signs []Sign
	when := func(holds bool, sign Sign) {
		if holds {
			signs = append(signs, sign)
		}
	}
	phones, papers := v.Phone != "" && other.Phone != "", v.IDNumber != "" && other.IDNumber != ""
	alike := phones && oneApart(string(v.Phone), string(other.Phone))
	when(v.Name == other.Name, SignSameName)
	when(v.Name != other.Name, SignSoundsAlike)
	when(sameTeam, SignSameTeam)
	when(v.RegionCode != "" && v.RegionCode == other.RegionCode, SignSameHome)
	when(alike, SignPhoneAlike)
	when(papers && v.IDKind == IDResident && other.IDKind == IDResident && v.IDNumber[6:14] == other.IDNumber[6:14], SignSameBirthday)
	when((v.State == VolunteerUnclaimed) != (other.State == VolunteerUnclaimed), SignOneUnclaimed)
	when(phones && !alike, SignPhonesDiffer)
	when(v.Sex != "" && other.Sex != "" && v.Sex != other.Sex, SignSexesDiffer)
	when(papers && (v.IDKind != other.IDKind || v.IDNumber != other.IDNumber), SignPapersDiffer)
	return signs
}

// oneApart reports whether two numbers of one length differ in one digit.
func oneApart(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n == 1
}
