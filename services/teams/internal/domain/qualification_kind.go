package domain

import (
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrNoQualificationKind says that a sort of paper is not in the list, or not offered any more.
	ErrNoQualificationKind = apperr.New(apperr.Invalid, "no_such_qualification_kind", "没有这种资质，请从列表里选。", "There is no such qualification; please choose from the list.")
	// ErrQualificationKindThere says that another one is called the same.
	ErrQualificationKindThere = apperr.New(apperr.Conflict, "qualification_kind_there", "已经有这个名称的资质。", "There is a qualification with this name already.")
	// ErrMonthsWithoutEnd says that what never ends has no usual length.
	ErrMonthsWithoutEnd = apperr.New(apperr.Invalid, "months_without_end", "长期有效的资质不用填有效月数。", "What never expires has no usual length.")
)

// QualificationKind is a sort of paper 资质种类, from a list that the federation keeps.
type QualificationKind struct {
	Code        string
	Name        string
	Place       int  // in the list
	Offered     bool // can be chosen now
	Expires     bool // it ends on a day
	Months      int  // how long it usually lasts; 0: as the paper says
	NeedsNumber bool
	NeedsIssuer bool
	ByClass     bool // a class of the federation may give it to whoever completes it
}

// Check returns the kind with a clean name, or what is wrong with it.
func (k QualificationKind) Check() (QualificationKind, error) {
	if k.Name = strings.TrimSpace(k.Name); k.Name == "" {
		return k, apperr.For("name", ErrBlank)
	}
	if !k.Expires && k.Months > 0 {
		return k, apperr.For("months", ErrMonthsWithoutEnd)
	}
	return k, nil
}

// usualEnd returns the last good day of a paper that was issued on a day, or
// the zero time when the list does not say.
func (k QualificationKind) usualEnd(issued time.Time) time.Time {
	if !k.Expires || k.Months == 0 {
		return time.Time{}
	}
	return issued.AddDate(0, k.Months, -1)
}
