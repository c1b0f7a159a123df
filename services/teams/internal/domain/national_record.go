package domain

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

// NationalRecord is the basic information 个人基本信息 that the national system is
// told of a person (志愿服务记录与证明出具办法 art. 4), by field. A day is 2026-11-24,
// everything else as it is kept; how it is written is the mapping's, with hours.
type NationalRecord map[string]string

// NewNationalRecord returns what there is to tell of a person with these skills.
func NewNationalRecord(v Volunteer, skills []string) NationalRecord {
	r := NationalRecord{
		"name": v.Name, "number": v.Number, "sex": v.Sex, "id_kind": string(v.IDKind), "id_number": v.IDNumber, "birth": "",
		"phone": string(v.Phone), "region": v.RegionCode, "skills": strings.Join(skills, "、"), "joined": v.JoinedAt.In(clock.City).Format(time.DateOnly),
	}
	if v.IDKind == IDResident {
		if n, err := ParseIDNumber(v.IDNumber); err == nil {
			r["birth"] = n.Birthday().Format(time.DateOnly)
		}
	}
	return r
}

// Of returns only these fields, of those that there are.
func (r NationalRecord) Of(fields []string) NationalRecord {
	some := NationalRecord{}
	for _, f := range fields {
		if value, ok := r[f]; ok {
			some[f] = value
		}
	}
	return some
}

// Lacks returns the fields that are empty, in order.
func (r NationalRecord) Lacks() []string {
	var empty []string
	for _, f := range slices.Sorted(maps.Keys(r)) {
		if r[f] == "" {
			empty = append(empty, f)
		}
	}
	return empty
}

// Wrong returns the fields that cannot be right: the number of a resident
// identity card whose check character does not fit.
func (r NationalRecord) Wrong() []string {
	if _, told := r["id_number"]; !told || r["id_number"] == "" || r["id_kind"] != "" && r["id_kind"] != string(IDResident) {
		return nil
	}
	if _, err := ParseIDNumber(r["id_number"]); err != nil {
		return []string{"id_number"}
	}
	return nil
}

// Line returns the record as one text, the same for the same content.
func (r NationalRecord) Line() string {
	var b strings.Builder
	for _, f := range slices.Sorted(maps.Keys(r)) {
		b.WriteString(f + "\x1f" + r[f] + "\x1e")
	}
	return b.String()
}
