package luhn

import (
	"strings"
	"testing"
)

func TestCode(t *testing.T) {
	t.Parallel()
	t.Run("one wrong letter is always noticed, most swaps of neighbours are", func(t *testing.T) {
		t.Parallel()
		swaps, missed := 0, 0
		for range 200 {
			code := NewCode(5)
			if read, right := ReadCode(code); !right || read != code || len(code) != 5 {
				t.Fatalf("%s is read as %s, %t", code, read, right)
			}
			for at := range code {
				for _, wrong := range Letters {
					spoilt := code[:at] + string(wrong) + code[at+1:]
					if _, right := ReadCode(spoilt); right && spoilt != code {
						t.Fatalf("%s passes for %s", spoilt, code)
					}
				}
				if at == 0 || code[at-1] == code[at] {
					continue
				}
				swaps++
				if _, right := ReadCode(code[:at-1] + code[at:at+1] + code[at-1:at] + code[at+1:]); right {
					missed++
				}
			}
		}
		if missed*50 > swaps {
			t.Errorf("%d of %d swaps were not noticed", missed, swaps)
		}
	})
	t.Run("it is read as old phones type it, and what no code has is wrong", func(t *testing.T) {
		t.Parallel()
		code := NewCode(5)
		for _, typed := range []string{strings.ToLower(code), code[:2] + "-" + code[2:], " " + code[:3] + "　" + code[3:]} {
			if read, right := ReadCode(typed); !right || read != code {
				t.Errorf("%q is read as %s, %t", typed, read, right)
			}
		}
		full := strings.Map(func(r rune) rune { return r - '!' + '！' }, code)
		if read, right := ReadCode(full); !right || read != code {
			t.Errorf("%q is read as %s, %t", full, read, right)
		}
		for _, typed := range []string{"", "2", "O0I1A", "王桂兰", "22222\x00"} {
			if _, right := ReadCode(typed); right {
				t.Errorf("%q passes", typed)
			}
		}
	})
}
