// Asks Jena every query of a folder in one start: AskAll DATA FOLDER; NAME.rq is answered in NAME.json.

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.query.Syntax;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.riot.RDFDataMgr;

public class AskAll {
    public static void main(String[] arguments) throws Exception {
        Model data = RDFDataMgr.loadModel(arguments[0]);
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(arguments[1]))) {
            files = found.filter(file -> file.toString().endsWith(".rq")).sorted().collect(Collectors.toList());
        }
        for (Path file : files) {
            Query query = QueryFactory.create(Files.readString(file), Syntax.syntaxSPARQL_11);
            Path answer = Path.of(file.toString().replaceAll("\\.rq$", ".json"));
            try (QueryExecution run = QueryExecution.create(query, data); OutputStream out = Files.newOutputStream(answer)) {
                ResultSetFormatter.outputAsJSON(out, run.execSelect());
            }
        }
    }
}
