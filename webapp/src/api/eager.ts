/** Brings along what pads and recognizers otherwise fetch once one is needed: for a page that needs both at once. */
import '../pad/inkLayers';
import '../recognizer';
