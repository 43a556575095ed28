package io.taforge.benchmark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** Draws a row: bars of all contestants, or lines of what grows. */
final class Plots {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 340;

  private Plots() {}

  static void draw(JsonNode row, Path folder) throws IOException {
    List<Chart<?, ?>> charts = new ArrayList<>();
    String id = row.path("id").asText();
    if (id.equals("P16")) {
      charts.addAll(GrowthPlots.of(row));
    } else {
      for (JsonNode workload : row.path("workloads")) {
        if (workload.findValue("value") != null) {
          charts.add(bars(workload));
        }
      }
    }
    if (!charts.isEmpty()) {
      int columns = charts.size() % 2 == 0 ? 2 : 1; // XChart wants a full grid
      int lines = charts.size() / columns;
      BitmapEncoder.saveBitmap(
          charts, lines, columns, folder.resolve(id).toString(), BitmapEncoder.BitmapFormat.PNG);
    }
  }

  private static Chart<?, ?> bars(JsonNode workload) {
    List<String> names = new ArrayList<>();
    List<Number> values = new ArrayList<>();
    for (JsonNode entry : workload.path("entries")) {
      if (entry.has("value")) {
        names.add(entry.path("name").asText());
        values.add(entry.path("value").asDouble());
      }
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(workload.path("title").asText() + ", " + workload.path("place").asText())
            .yAxisTitle(workload.path("unit").asText())
            .theme(Styler.ChartTheme.Matlab)
            .build();
    chart.getStyler().setXAxisLabelRotation(30).setYAxisMin(0.0).setLegendVisible(false);
    chart.addSeries("all", names, values);
    return chart;
  }
}
