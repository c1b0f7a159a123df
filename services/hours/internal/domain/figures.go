package domain

// Figures are what a region, a unit or a brigade gave in some days. How each is
// counted is written in docs/figures.md and stands on the page beside it.
type Figures struct {
	Minutes  int64
	Services int64 // 人次: lines that count; one that was taken back does not
	People   int64 // with minutes left; each once
	Teams    int64 // likewise
}
