package luhn

import (
	"strings"
	"testing"
)

func TestDigit(t *testing.T) {
	t.Parallel()
	t.Run("a known number checks", func(t *testing.T) { // the example of ISO/IEC 7812-1
		t.Parallel()
		if got := Digit("7992739871"); got != '3' {
			t.Errorf("got %c, want 3", got)
		}
		if !Valid("79927398713") {
			t.Error("79927398713 is refused")
		}
	})
	t.Run("any one wrong digit is noticed", func(t *testing.T) {
		t.Parallel()
		const right = "260000123" + "0"
		good := right[:9] + string(Digit(right[:9]))
		for i := range good {
			for d := byte('0'); d <= '9'; d++ {
				wrong := good[:i] + string(d) + good[i+1:]
				if wrong != good && Valid(wrong) {
					t.Errorf("%s passes for %s", wrong, good)
				}
			}
		}
	})
	t.Run("what is no number is refused", func(t *testing.T) {
		t.Parallel()
		for _, text := range []string{"", "0", "12a4", "１２", strings.Repeat("x", 10)} {
			if Valid(text) {
				t.Errorf("%q is accepted", text)
			}
		}
	})
}
