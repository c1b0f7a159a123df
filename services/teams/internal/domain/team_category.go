package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrNoCategory says that no brigade can take that category.
	ErrNoCategory = apperr.New(apperr.Invalid, "no_such_category", "没有这个类别，或者已经停用，请重新选择。", "There is no such category, or it is retired; please choose again.")
	// ErrCategoryName says that a text cannot be a category's name.
	ErrCategoryName = apperr.New(apperr.Invalid, "category_name_wrong", "请写类别名称，20 字以内。", "Please name the category, in at most 20 characters.")
	// ErrCategoryNameTaken says that another category is called the same.
	ErrCategoryNameTaken = apperr.New(apperr.Conflict, "category_name_taken", "已经有一个同名的类别。", "Another category has that name.")
)

// TeamCategory is a sort of brigade 类别.
type TeamCategory struct {
	Code      string
	Name      string
	Position  int       // in lists
	RetiredOn time.Time // zero: in use; brigades that have it keep it
	Version   int64
}

// Change names it anew, and says whether brigades can still take it. It reports whether
// anything is new.
func (c *TeamCategory) Change(name string, retired bool, today time.Time) (bool, error) {
	name = strings.TrimSpace(name)
	if n := utf8.RuneCountInString(name); n == 0 || n > 20 {
		return false, apperr.For("name", ErrCategoryName)
	}
	if c.Name == name && retired == !c.RetiredOn.IsZero() {
		return false, nil
	}
	c.Name = name
	switch {
	case !retired:
		c.RetiredOn = time.Time{}
	case c.RetiredOn.IsZero():
		c.RetiredOn = today
	}
	c.Version++
	return true, nil
}
