package io.taforge.load;

import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what processes held under load. */
final class LoadPlot {
  private LoadPlot() {}

  static void draw(List<Course> courses, Path file) throws IOException {
    List<XYChart> charts =
        List.of(
            chart("heap in use", "MB", courses, look -> look.heap() / 1e6),
            chart("open descriptors", "", courses, Course.Look::descriptors),
            chart("threads", "", courses, Course.Look::threads));
    BitmapEncoder.saveBitmap(
        charts, charts.size(), 1, file.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static XYChart chart(
      String title, String unit, List<Course> courses, ToDoubleFunction<Course.Look> something) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(260)
            .title(title)
            .xAxisTitle("seconds")
            .yAxisTitle(unit)
            .theme(Styler.ChartTheme.Matlab)
            .build();
    chart.getStyler().setYAxisMin(0.0).setLegendPosition(Styler.LegendPosition.OutsideE);
    for (Course course : courses) {
      double[] seconds =
          course.during().stream().mapToDouble(look -> look.millis() / 1e3).toArray();
      double[] held = course.during().stream().mapToDouble(something).toArray();
      chart
          .addSeries(course.name(), seconds, held)
          .setMarker(SeriesMarkers.NONE)
          .setLineStyle(new BasicStroke(1.5f));
    }
    return chart;
  }
}
