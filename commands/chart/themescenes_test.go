package chart

import (
	"math"

	"klantbot/commands/locale"
)

// themed is nine themes around a cut of 3.6 and 3.4.
func themed() Themes {
	return Themes{Importance: 3.6, Performance: 3.4, Scale: 5, N: 125, Points: []ThemePoint{{"Fiscale planning", 4.6, 3.1, ThemeWork}, {"Digitalisering", 3.9, 3.6, ThemeKeep}, {"Regelgeving", 3.8, 4.2, ThemeKeep},
		{"Financiering", 3.6, 3.2, ThemeWork}, {"Groei", 3.4, 3.7, ThemeMuch}, {"Personeel", 3.4, 3.35, ThemeLow}, {"Opvolging", 3.4, 3.36, ThemeLow},
		{"Privévermogen", 3.0, 3.3, ThemeLow}, {"Duurzaamheid", 2.2, 3.0, ThemeLow}}}
}

// themeScenes are the states of importance against performance.
func themeScenes(wordy Options) []scene {
	crowded := themed()
	for i := range crowded.Points {
		crowded.Points[i] = ThemePoint{"Arbeidsongeschiktheidsverzekeringen en verzuim", 4.6, 3.1, ThemeWork}
	}
	broken := Themes{Importance: math.NaN(), Performance: 3, Points: []ThemePoint{{"Niets", math.NaN(), math.Inf(1), ThemeKeep}}}
	one := Themes{Importance: 4, Performance: 3, Scale: 5, N: 5, Points: []ThemePoint{{"Groei", 4, 3, ThemeKeep}}}
	of := func(name string, t Themes, o Options, golden bool) scene {
		return scene{"themes_" + name, func(p *locale.Printer) *slide { return drawThemes(p, t, o) },
			func(p *locale.Printer) string { return ImportanceText(p, t, o) }, golden}
	}
	return []scene{of("nine", themed(), asOf, true), of("crowded", crowded, wordy, false), of("one", one, asOf, false), of("none", Themes{}, Options{}, false), of("broken", broken, asOf, false)}
}
