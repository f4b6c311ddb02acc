package draw

func flowchart(p *picture) string { return "" }
