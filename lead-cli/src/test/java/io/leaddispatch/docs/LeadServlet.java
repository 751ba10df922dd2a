package io.leaddispatch.docs;

import io.leaddispatch.DispatchReport;
import io.leaddispatch.LeadDispatcher;
import io.leaddispatch.LeadException;
import io.leaddispatch.json.LeadJson;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;

/** A servlet that hands leads on; shown in docs/embedding.md. */
public class LeadServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 64 * 1024;

    private transient LeadDispatcher dispatcher;

    @Override
    public void init() {
        dispatcher = LeadDispatcher.fromConfig(Path.of(getInitParameter("config")));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        try {
            DispatchReport report = dispatcher.send(LeadJson.read(body));
            response.setStatus(
                    report.isSettled() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } catch (LeadException e) { // not JSON or not a lead; the message holds no personal data
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        }
    }

    @Override
    public void destroy() {
        dispatcher.close();
    }
}
