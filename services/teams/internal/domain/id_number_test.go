package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/qihe-volunteers/qihe/shared/clock"
)

func TestParseIDNumber(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]IDNumber{
		"11010519491231002X":     "11010519491231002X", // the example of GB 11643
		"11010519491231002x":     "11010519491231002X",
		" 110105 19491231 002ｘ ": "11010519491231002X",
		"'440524188001010014":    "", // a real check character, but nobody was born in 1880
		"４４０５２４１９８００１０１００１３": "440524198001010013",
	} {
		got, err := ParseIDNumber(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for typed, want := range map[string]error{
		"":                   ErrIDNumber,
		"110105194912310021": ErrIDNumberCheck,
		"110105194913310021": ErrIDNumber, // month 13
		"110105491231002":    ErrIDNumberOld,
		"4.10621E+17":        ErrIDNumber,
		"1101051949123100XX": ErrIDNumber,
		"1101051949123100２":  ErrIDNumber,
		"护照E12345678":        ErrIDNumber,
	} {
		if _, err := ParseIDNumber(typed); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", typed, err, want)
		}
	}
	t.Run("any one wrong digit is noticed", func(t *testing.T) {
		t.Parallel()
		const right = "440524198001010013"
		for i := range right {
			for d := byte('0'); d <= '9'; d++ {
				wrong := right[:i] + string(d) + right[i+1:]
				if _, err := ParseIDNumber(wrong); wrong != right && err == nil {
					t.Errorf("%s passes", wrong)
				}
			}
		}
	})
}

func TestIDNumberSays(t *testing.T) {
	t.Parallel()
	n, err := ParseIDNumber("11010519491231002X")
	if err != nil {
		t.Fatal(err)
	}
	if n.Sex() != "female" || n.Masked() != "1101************2X" || n.LastFour() != "002X" || IDNumber("").Masked() != "" || IDNumber("").LastFour() != "" {
		t.Errorf("%s %s %s", n.Sex(), n.Masked(), n.LastFour())
	}
	if want := time.Date(1967, 12, 31, 0, 0, 0, 0, clock.City); !n.AdultOn().Equal(want) {
		t.Errorf("adult on %s", n.AdultOn())
	}
}
