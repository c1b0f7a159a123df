package domain

import "github.com/qihe-volunteers/qihe/shared/apperr"

var (
	// ErrNoSkill says that a skill is not in the list.
	ErrNoSkill = apperr.New(apperr.Invalid, "no_such_skill", "没有这项技能，请从列表里选。", "There is no such skill; please choose from the list.")
	// ErrSkillThere says that another skill is called the same.
	ErrSkillThere = apperr.New(apperr.Conflict, "skill_there", "已经有这个名称的技能。", "There is a skill with this name already.")
)

// Skill is something that people can do 服务技能, from a list that the federation keeps.
type Skill struct {
	Code    string
	Name    string
	Place   int  // in the list
	Offered bool // can be chosen now
}

// Slots says when somebody usually has time: three bits a day, morning,
// afternoon and evening, from Monday morning (bit 0) to Sunday evening (bit 20).
type Slots int

// AllSlots is every bit of Slots.
const AllSlots Slots = 1<<21 - 1
