package domain

import "github.com/qihe-volunteers/qihe/shared/apperr"

var (
	// ErrSameRecord says that a record cannot be merged with itself.
	ErrSameRecord = apperr.New(apperr.Invalid, "same_record", "选的是同一份记录，请选另一份。", "This is the same record; please choose another.")
	// ErrTwoPeople says that two records have different identity papers.
	ErrTwoPeople = apperr.New(apperr.Conflict, "two_people", "两份记录的证件号不同，不是同一个人，不能合并。", "The two records have different identity papers: they are two people and cannot be merged.")
	// ErrOwnMerge refuses to an officer the merging of their own record.
	ErrOwnMerge = apperr.New(apperr.Forbidden, "own_merge", "自己的记录要请别的干部合并。", "Your own record must be merged by another officer.")
	// ErrMergeWaits says that a guardian's consent comes first.
	ErrMergeWaits = apperr.New(apperr.Conflict, "merge_waits", "合并后是未成年人的记录，请先登记监护人同意，再合并。", "The merged record would be a minor's; please record a guardian's consent first.")
	// ErrAppealWaits says that the record to go waits for a decision that could bring a membership back.
	ErrAppealWaits = apperr.New(apperr.Conflict, "appeal_waits", "要并掉的记录有没办结的申诉，请先到“申诉”里办结，再合并。", "The record that would go has an appeal that is not decided; please decide it first, then merge.")
	// ErrHoldsGrant says that the record to go is an officer's.
	ErrHoldsGrant = apperr.New(apperr.Conflict, "holds_grant", "要并掉的记录有干部授权，请先收回授权，或反过来合并。", "The record that would go holds an officer's grant; please withdraw it first, or merge the other way round.")
)

// Absorb makes gone part of v: two records of one person become one. What v
// does not have of phone, paper, sex and home it takes over; of a phone that
// both have, gone's is given up and signs nobody in any more. Hours are not
// touched: whoever sums them reads gone as v.
func (v *Volunteer) Absorb(gone *Volunteer) error {
	switch {
	case v.ID == gone.ID:
		return ErrSameRecord
	case !v.Here() || !gone.Here():
		return ErrRecordClosed
	case v.IDNumber != "" && gone.IDNumber != "" && (v.IDKind != gone.IDKind || v.IDNumber != gone.IDNumber):
		return ErrTwoPeople
	}
	if v.Phone == "" {
		v.Phone = gone.Phone
	}
	if v.IDNumber == "" {
		v.IDKind, v.IDNumber, v.Minor, v.AdultOn = gone.IDKind, gone.IDNumber, v.Minor || gone.Minor, gone.AdultOn
	}
	if v.Sex == "" {
		v.Sex = gone.Sex
	}
	if v.RegionCode == "" {
		v.RegionCode = gone.RegionCode
	}
	if v.State == VolunteerUnclaimed && gone.State != VolunteerUnclaimed {
		v.State = gone.State
	}
	if gone.State == VolunteerWaiting && v.Minor {
		v.State = VolunteerWaiting
	}
	v.Version++
	gone.Phone, gone.IDKind, gone.IDNumber, gone.Sex = "", IDNone, "", ""
	gone.BoardConsent, gone.RankConsent, gone.LocationConsent, gone.NationalConsent = false, false, false, false // what counts is the survivor's
	gone.State = VolunteerMerged
	gone.PassOn(v.ID)
	return nil
}

// PassOn says whose record a merged one is part of now; chains have one link.
func (v *Volunteer) PassOn(survivorID string) {
	v.MergedInto = survivorID
	v.Version++
}
