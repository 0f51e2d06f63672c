// No chunk may import a worker's entry: WebKit would run it again. So the entry holds nothing that a chunk could need.
import './serve';
